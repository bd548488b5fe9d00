using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Tests.Registry;
using Hebb.Training;

namespace Hebb.Tests.Training;

public class TrainerTests
{
    private static readonly DataBundle Moons = DataCatalog.Load("moons");

    public static TheoryData<string> Callbacks => CallbackCases.Names;

    private static DataLoader Batches(IDataset data) => new(data, 32, new DataLoaderOptions { IsShuffled = true });

    private static TrainingResult Fit(
        Module net, int epochs, IReadOnlyList<ICallback> callbacks, double learningRate = 0.01, CancellationToken cancellation = default) =>
        Trainer.Fit(net, TrainingTask.Classification, new Optimizer(net, new Adam(), learningRate), Batches(Moons.Train),
            Batches(Moons.Validation),
            new TrainingOptions { Epochs = epochs, Callbacks = callbacks }, cancellation: cancellation);

    private static Module Net() => ReadyModels.Build("mlp", [2], 2);

    private sealed class Recorder(Action<TrainingState> act) : ICallback
    {
        public int Ends { get; private set; }

        public void OnEpoch(TrainingState state) => act(state);

        public void OnEnd(TrainingState state) => Ends++;
    }

    [Theory, MemberData(nameof(Callbacks))]
    public void EveryCallbackGoesThroughARun(string name)
    {
        TrainingResult result = Fit(Net(), 3, [CallbackCases.Make(name)]);
        Assert.InRange(result.History.Count, 1, 3);
        Assert.All(result.History, epoch => Assert.True(double.IsFinite(epoch.TrainLoss) && double.IsFinite(epoch.ValidationScore)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void ALastBatchOfOneThatALayerRefusesIsRefusedBeforeTheFirstStep(bool isEager)
    {
        Sequential net = [new Linear(1, 2), new BatchNorm1d(2), new Linear(2, 1)];
        float[] Weights() => [.. net.Parameters().SelectMany(parameter => parameter.Detach().ToArray<float>())];
        float[] before = Weights();
        DataLoader loader = new(VectorDataset.OfValues([1], [1, 2, 3, 4], [1, 2, 3, 4], "y"), 3);
        ShapeException error = Assert.Throws<ShapeException>(() => Trainer.Fit(
            net, TrainingTask.Regression, new Optimizer(net, new Sgd()), loader, null,
            new TrainingOptions { Epochs = 1, IsEager = isEager }));
        Assert.Contains("one number a channel", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Weights());
    }

    [Fact]
    public void WithoutABatchNothingIsValidatedOrEvaluated()
    {
        Sequential net = [new Linear(1, 1)];
        DataLoader train = new(VectorDataset.OfValues([1], [1, 2], [1, 2], "y"), 2);
        DataLoader none = new(VectorDataset.OfValues([1], [], [], "y"), 2);
        Optimizer optimizer = new(net, new Sgd());
        Assert.Contains("to validate on", Assert.Throws<ArgumentException>(
            () => Trainer.Fit(net, TrainingTask.Regression, optimizer, train, none, new TrainingOptions { Epochs = 1 })).Message,
            StringComparison.Ordinal);
        Assert.Contains("to evaluate on", Assert.Throws<ArgumentException>(
            () => Trainer.Evaluate(net, TrainingTask.Regression, none)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATermOfWeightNothingIsLeftOut()
    {
        TrainingTask task = new([(new MseLoss(), 1), (new MseLoss(), 0)], () => new RSquared());
        Tensor one = Tensor.From(new float[,] { { 1 } }), huge = Tensor.From(new float[,] { { 3e38f } });
        Batch batch = new([("input", FieldRole.Input, one), ("a", FieldRole.Target, one), ("b", FieldRole.Target, -huge)]);
        Assert.Equal(0, task.Measure([one, huge], batch).Value.Item());
        foreach (double weight in new[] { -1, double.NaN, double.PositiveInfinity })
            Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingTask([(new MseLoss(), weight)], () => new RSquared()));
    }

    [Fact]
    public void WhatWouldTrainNothingIsRefusedBeforeWork()
    {
        Sequential net = [new Linear(1, 1)], other = [new Linear(1, 1)];
        VectorDataset data = VectorDataset.OfValues([1], [1, 2, 3], [1, 2, 3], "y");
        DataLoader loader = new(data, 2);
        TrainingOptions options = new() { Epochs = 1 };
        TrainingResult Fit(Module model, Optimizer optimizer, DataLoader train, TrainingOptions how) =>
            Trainer.Fit(model, TrainingTask.Regression, optimizer, train, null, how);
        Assert.Throws<ArgumentException>(() => Fit(net, new Optimizer(net, new Sgd()), loader, new TrainingOptions { Epochs = 0 }));
        DataLoader none = new(data, 4, new DataLoaderOptions { DropsLast = true });
        Assert.Contains("no batch", Refused(() => Fit(net, new Optimizer(net, new Sgd()), none, options)), StringComparison.Ordinal);
        Assert.Contains(
            "make the optimizer of this model", Refused(() => Fit(net, new Optimizer(other, new Sgd()), loader, options)),
            StringComparison.Ordinal);
        Optimizer wrong = new(other, new Sgd());
        CompiledStep step = Compiled.Step(net, wrong, new MseLoss());
        Assert.Contains(
            "make the optimizer of this model", Refused(() => step.Run(Tensor.Ones([2, 1]), Tensor.Ones([2, 1]))),
            StringComparison.Ordinal);
        net.Freeze();
        Assert.Contains("unfreeze", Refused(() => Fit(net, new Optimizer(net, new Sgd()), loader, options)), StringComparison.Ordinal);

        static string Refused(Action act) => Assert.ThrowsAny<Exception>(act).Message;
    }

    [Fact]
    public void LossFallsAndProgressCountsEveryBatch()
    {
        Module net = Net();
        List<TrainingProgress> seen = [];
        DataLoader train = Batches(Moons.Train);
        TrainingResult result = Trainer.Fit(
            net, TrainingTask.Classification, new Optimizer(net, new Adam(), 0.01), train, null, new TrainingOptions { Epochs = 4 },
                new Direct(seen.Add));
        Assert.Equal(4 * train.BatchCount, seen.Count);
        Assert.Equal(4, seen[^1].Epoch);
        Assert.Equal(TimeSpan.Zero, seen[^1].Remaining);
        Assert.True(result.History[^1].TrainLoss < result.History[0].TrainLoss);
        EpochRecord first = result.History[0];
        Assert.True(double.IsNaN(first.ValidationLoss));
        Assert.False(net.IsTraining);
    }

    [Fact]
    public void CompiledAndEagerRunsGiveTheSameWeights()
    {
        Module compiled = Net(), eager = Net();
        foreach ((Module net, bool isEager) in new[] { (compiled, false), (eager, true) })
            Trainer.Fit(net, TrainingTask.Classification, new Optimizer(net, new Adam(), 0.01), Batches(Moons.Train), null,
                new TrainingOptions { Epochs = 2, IsEager = isEager });
        foreach ((string name, Tensor value) in eager.StateDict()) Assert.Equal(
            value.ToArray<float>(), compiled.StateDict()[name].ToArray<float>());
    }

    [Fact]
    public void BatchesInPiecesGiveTheWeightsOfWholeOnesAndTheSameBitsInBothModes()
    {
        Dictionary<(int, bool), float[]> weights = [];
        foreach ((int pieces, bool isEager) in new[] { (1, false), (3, false), (3, true) })
        {
            Module net = Net();
            TrainingResult result = Trainer.Fit(
                net, TrainingTask.Classification, new Optimizer(net, new Sgd(0.9), 0.05), Batches(Moons.Train), null,
                new TrainingOptions { Epochs = 2, AccumulationSteps = pieces, IsEager = isEager });
            weights[(pieces, isEager)] = net.Parameters().First().Detach().ToArray<float>();
            Assert.True(double.IsFinite(result.History[^1].TrainScore));
        }
        Assert.Equal(weights[(3, true)], weights[(3, false)]);
        Assert.All(weights[(1, false)].Zip(weights[(3, false)]), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void AModelThatReadsValuesRunsEagerlyAfterOneNotice()
    {
        List<string> notices = [];
        Module net = new Curious();
        Trainer.Fit(net, TrainingTask.Classification, new Optimizer(net, new Adam(), 0.01), Batches(Moons.Train), Batches(Moons.Validation),
            new TrainingOptions { Epochs = 2, Notice = notices.Add });
        Assert.Contains("result of Sum", Assert.Single(notices), StringComparison.Ordinal);
    }

    [Fact]
    public void ALayerMayLearnItsSizeFromTheFirstBatch()
    {
        List<string> notices = [];
        Sequential net = [new Linear(8), new Relu(), new Linear(2)];
        TrainingResult result = Trainer.Fit(
            net, TrainingTask.Classification, new Optimizer(net, new Adam(), 0.01), Batches(Moons.Train), null,
            new TrainingOptions { Epochs = 3, Notice = notices.Add });
        Assert.Empty(notices);
        Assert.True(result.History[^1].TrainLoss < result.History[0].TrainLoss);
    }

    /// <summary>A layer that looks at its values.</summary>
    private sealed class Curious : Module
    {
        private readonly Linear _layer;

        public Curious() => Child(_layer = new Linear(2, 2));

        protected override Tensor OnForward(Tensor x) => x.Sum().Item() > 1e9 ? x : _layer.Forward(x);
    }

    [Fact]
    public void TheBestEpochComesBack()
    {
        Module net = Net();
        KeepBest best = new();
        // A rate far too high after the first epochs spoils the model, so that the last epoch is not the best.
        Optimizer optimizer = new(net, new Sgd(), 0.1);
        Trainer.Fit(net, TrainingTask.Classification, optimizer, Batches(Moons.Train), Batches(Moons.Validation), new TrainingOptions
        {
            Epochs = 6,
            Callbacks = [best, new Recorder(state => { if (state.History.Count == 3) optimizer.LearningRate = 3; })],
        });
        Evaluation again = Trainer.Evaluate(net, TrainingTask.Classification, Batches(Moons.Validation));
        Assert.Equal(best.Best!.ValidationScore, again.Score, 12);
        Assert.Equal(best.Best.ValidationLoss, again.Loss, 5);
    }

    [Fact]
    public void AGoalStopsAndSaysWhy()
    {
        StopAtGoal goal = new(0.5);
        TrainingResult result = Fit(Net(), 50, [goal]);
        Assert.Contains("goal", result.StopReason, StringComparison.Ordinal);
        Assert.NotNull(goal.SecondsToGoal);
        Assert.True(result.History.Count < 50);
    }

    [Fact]
    public void EarlyStoppingWaitsForItsPatience()
    {
        EarlyStopping stopping = new(patience: 3);
        TrainingResult result = Fit(Net(), 200, [stopping], learningRate: 0.05);
        Assert.Contains("3 epochs", result.StopReason, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(0));
    }

    [Fact]
    public void CancelingEndsTheRunAndTellsTheCallbacks()
    {
        using CancellationTokenSource source = new();
        Recorder recorder = new(_ => source.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(() => Fit(Net(), 50, [recorder], cancellation: source.Token));
        Assert.Equal(1, recorder.Ends);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ALossThatIsNotFiniteNamesOpLayerAndElement(bool isEager)
    {
        // Only feature 1 of sample 2 is 0, and only the second of the layers divides by it.
        float[] values = [1, 1, 2, 3, 4, 0];
        Tensor x = Tensor.From(values, [3, 2]);
        Sequential net =
            [new Dropout(0.5), new Sequential(new Lambda(y => y.Relu()), new Lambda(y => x / x.Square(), "1 / x")), new Linear(2, 2)];
        DataLoader three = new(VectorDataset.OfClasses([2], values, [0, 1, 0], "a", "b"), 3, new DataLoaderOptions { IsShuffled = false });
        string message = Assert.Throws<NonFiniteException>(() => Trainer.Fit(
            net, TrainingTask.Classification, new Optimizer(net, new Adam()), three, null,
                new TrainingOptions { Epochs = 1, IsEager = isEager })).Message;
        Assert.Equal(
            "At step 1 the loss became NaN, because Div(float32[3, 2], float32[3, 2]) in layer '1.1 Lambda(1 / x)' made NaN at [2, 1] of "
                + "float32[3, 2] out of finite operands; "
            + "lower the learning rate, clip the gradients, or keep its operands from where Div has no finite value.",
            message);
    }

    [Fact]
    public void TheSameSeedGivesTheSameWeights()
    {
        float[] Weights()
        {
            Recipe recipe = new("mlp", 2, 16, "adam", 0.01, Seed: 5);
            Module net = Net();
            new Experiment(Moons, recipe, net).Run();
            return net.Parameters().First().Detach().ToArray<float>();
        }
        Assert.Equal(Weights(), Weights());
    }

    private sealed class Direct(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
