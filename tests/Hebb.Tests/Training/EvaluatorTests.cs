using Hebb.Data;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Training;

public class EvaluatorTests
{
    private static readonly DataBundle Moons = DataCatalog.Load("moons");

    private static DataLoader Samples(int batch = 48) => new(Moons.Train, batch, new DataLoaderOptions { IsShuffled = false });

    private static Sequential Net() => [new Linear(2, 16), new BatchNorm1d(16), new Relu(), new Dropout(), new Linear(16, 2)];

    [Fact]
    public void RecordedAndEagerEvaluationsAreTheSame()
    {
        Sequential net = Net();
        Assert.NotEqual(0, Moons.Train.Count % 48);
        Evaluation eager = new Evaluator(net, TrainingTask.Classification, isEager: true).Run(Samples());
        Assert.Equal(Moons.Train.Count, eager.Count);
        Assert.Equal(eager, new Evaluator(net, TrainingTask.Classification).Run(Samples()));
        Assert.Equal(eager, Trainer.Evaluate(net, TrainingTask.Classification, Samples()));
    }

    [Fact]
    public void WeightsMayChangeBetweenEvaluations()
    {
        Sequential net = Net();
        Evaluator evaluator = new(net, TrainingTask.Classification);
        Evaluation before = evaluator.Run(Samples());
        Trainer.Fit(net, TrainingTask.Classification, new Optimizer(net, new Adam()), Samples(), null, new TrainingOptions { Epochs = 2 });
        Evaluation after = evaluator.Run(Samples());
        Assert.True(after.Loss < before.Loss);
        Assert.Equal(new Evaluator(net, TrainingTask.Classification, isEager: true).Run(Samples()), after);
        net.Initialize(3);
        Assert.Equal(new Evaluator(net, TrainingTask.Classification, isEager: true).Run(Samples()), evaluator.Run(Samples()));
    }

    [Fact]
    public void FurtherMetricsMayKeepWhatTheySee()
    {
        Module net = ReadyModels.Build("mlp", [2], 2);
        List<Tensor> outputs = [];
        new Evaluator(net, TrainingTask.Classification).Run(Samples(), default, (all, _) => outputs.Add(all[0].Values));
        using NoGrad none = new();
        foreach ((Tensor output, Batch batch) in outputs.Zip(Samples().Epoch(0))) Assert.Equal(
            net.Forward(batch.Input).ToArray<float>(), output.ToArray<float>());
    }

    [Fact]
    public void AModelThatReadsValuesIsEvaluatedEagerlyAfterOneNotice()
    {
        List<string> notices = [];
        Sequential net = [new Lambda(x => x.Sum().Item() > 1e9 ? x : -x)];
        Evaluator evaluator = new(net, TrainingTask.Classification, notice: notices.Add);
        Evaluation found = evaluator.Run(Samples());
        Assert.Equal(found, evaluator.Run(Samples()));
        Assert.Contains("result of Sum", Assert.Single(notices), StringComparison.Ordinal);
        Assert.True(evaluator.IsEager);
    }

    [Fact]
    public void NothingIsAllocatedForABatchOnceItsShapeIsKnown()
    {
        Sequential net = [new Linear(2, 4000), new Tanh(), new Linear(4000, 2)];
        Evaluator evaluator = new(net, TrainingTask.Classification);
        evaluator.Run(Samples());
        evaluator.Run(Samples());
        long before = GC.GetAllocatedBytesForCurrentThread();
        evaluator.Run(Samples());
        // The loader's and the metric's; one hidden result of one batch would take 768,000.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 300_000);
    }
}
