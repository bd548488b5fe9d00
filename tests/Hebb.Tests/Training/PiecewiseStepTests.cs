using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Testing;
using Hebb.Training;

namespace Hebb.Tests.Training;

public class PiecewiseStepTests
{
    private static readonly Tensor s_x = Tensor.Normal([14, 5], new Rng(1)), s_t = Tensor.Normal([14, 2], new Rng(2));

    private static (CompiledStep Step, Sequential Net) Make(int pieces)
    {
        Sequential net = [new Linear(5, 8), new Tanh(), new Linear(8, 2)];
        return (Compiled.Step(net, new Optimizer(net, new Sgd(), 0.1), new MseLoss(), accumulationSteps: pieces), net);
    }

    [Theory, InlineData(2), InlineData(4), InlineData(14), InlineData(100)]
    public void PiecesOfUnequalSizeGiveLossOutputAndUpdateOfTheWhole(int pieces)
    {
        (CompiledStep whole, Sequential one) = Make(1);
        (CompiledStep cut, Sequential other) = Make(pieces);
        Assert.Equal(whole.Run(s_x, s_t), cut.Run(s_x, s_t), 1e-6);
        Assert.All(whole.Output().ToArray<float>().Zip(cut.Output().ToArray<float>()), pair =>
            Assert.Equal(pair.First, pair.Second, 1e-5f));
        foreach ((string name, Tensor value) in one.StateDict())
            Assert.All(value.ToArray<float>().Zip(other.StateDict()[name].ToArray<float>()), pair =>
                Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void ABatchNeedsTheMemoryOfAPiece()
    {
        long Bytes(int pieces)
        {
            Sequential net = [new Linear(4, 64), new Tanh(), new Linear(64, 64), new Tanh(), new Linear(64, 1)];
            Parameter[] learning = [.. net.Parameters()];
            Graph graph = Graph.Trace(
                batch =>
                {
                    PiecewiseStep step = PiecewiseStep.Run(
                        new Batch(BatchLayout.Plain(1), [.. batch], default), pieces, piece =>
                            new StepOutcome(LossValue.OfMean(net.Forward(piece.Input).Square().Mean()), []), learning);
                    return [step.Loss, .. step.Gradients.OfType<Tensor>()];
                },
                new TensorSpec(DType.Float32, [1024, 4]));
            return graph.Memory().BlockBytes;
        }
        Assert.True(Bytes(16) < Bytes(1) / 4, $"{Bytes(16)} bytes in pieces, {Bytes(1)} as a whole");
    }

    [Fact]
    public void StepsInPiecesDoNotAllocate()
    {
        CompiledStep step = Make(3).Step;
        for (int i = 0; i < 50; i++) step.Run(s_x, s_t);
        Assert.Equal(0, Allocations.Of(() => { for (int i = 0; i < 20; i++) step.Run(s_x, s_t); }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Make(0));
    }

    /// <summary>What divides by something else than the samples.</summary>
    public static TheoryData<string> Tasks => [.. s_tasks.Keys];

    private static readonly Dictionary<string, TrainingTask> s_tasks = new()
    {
        ["ignored targets"] = new(new CrossEntropyLoss(), () => new Accuracy()),
        ["class weights"] = new(new CrossEntropyLoss { ClassWeights = Tensor.From<float>(1, 5), LabelSmoothing = 0.1 }, () =>
            new Accuracy()),
        ["sums"] = new(new CrossEntropyLoss { Reduction = Reduction.Sum }, () => new Accuracy()),
        ["samples"] = new(new CrossEntropyLoss { Reduction = Reduction.MeanOverSamples }, () => new Accuracy()),
        ["several"] = new(
            (outputs, batch) => new CrossEntropyLoss().Measure(outputs[0], batch.Target)
                + 0.3 * new MseLoss().Measure(outputs[0], batch["other"], batch.Weights)
                + 0.2 * new L1Loss().Measure(outputs[0], batch["other"]),
            () => new Accuracy()),
    };

    [Theory, MemberData(nameof(Tasks))]
    public void PiecesCountByWhatTheirMeansDivideBy(string name)
    {
        // Nearly all targets of the first half are ignored, and none of the second.
        long[] classes = [-100, -100, -100, 1, -100, -100, -100, 0, 1, 1, 0, 1, 0, 0];
        Batch batch = new(
            ("x", FieldRole.Input, s_x), ("class", FieldRole.Target, Tensor.From(classes, [14])), ("other", FieldRole.Target, s_t),
            ("weight", FieldRole.SampleWeight, Tensor.Uniform([14], new Rng(5))));
        Dictionary<(int, bool), (double Loss, float[] Weights)> found = [];
        foreach ((int pieces, bool isEager) in new[] { (1, true), (2, true), (2, false), (5, true), (5, false) })
        {
            Sequential net = [new Linear(5, 8), new Tanh(), new Linear(8, 2)];
            Optimizer optimizer = new(net, new Sgd(), 0.1);
            StepFunction function = s_tasks[name].StepOf(net);
            IBatchRunner step = isEager ? new EagerStep(net, optimizer, function, pieces)
                : Compiled.Step(net, optimizer, s_tasks[name], accumulationSteps: pieces);
            found[(pieces, isEager)] = (
                step.Run(batch).Loss, [.. net.Parameters().SelectMany(parameter => parameter.Detach().ToArray<float>())]);
        }
        foreach (int pieces in (int[])[2, 5])
        {
            Assert.Equal(found[(pieces, true)], found[(pieces, false)], Same);
            Assert.Equal(found[(1, true)].Loss, found[(pieces, true)].Loss, 1e-5);
            Assert.All(found[(1, true)].Weights.Zip(found[(pieces, true)].Weights), pair => Assert.Equal(pair.First, pair.Second, 2e-6f));
        }

        static bool Same((double Loss, float[] Weights) a, (double Loss, float[] Weights) b) =>
            a.Loss == b.Loss && a.Weights.AsSpan().SequenceEqual(b.Weights);
    }

    [Fact]
    public void ALossObjectDividesRightlyWhereAFunctionCountsSamples()
    {
        Tensor classes = Tensor.From<long>([-100, -100, -100, -100, -100, -100, 1, 0, 1, 0, 1, 1, 0, 1], [14]);
        double Loss(Func<Sequential, Optimizer, CompiledStep> make)
        {
            Sequential net = [new Linear(5, 8), new Tanh(), new Linear(8, 2)];
            return make(net, new Optimizer(net, new Sgd(), 0.1)).Run(s_x, classes);
        }
        double whole = Loss((net, optimizer) => Compiled.Step(net, optimizer, new CrossEntropyLoss()));
        Assert.Equal(whole, Loss((net, optimizer) => Compiled.Step(net, optimizer, new CrossEntropyLoss().Forward)));
        Assert.Equal(whole, Loss((net, optimizer) => Compiled.Step(net, optimizer, new CrossEntropyLoss(), accumulationSteps: 2)), 1e-6);
    }
}
