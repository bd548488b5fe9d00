using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;
using static Hebb.Tests.Training.CompiledStepTests;

namespace Hebb.Tests.Training;

/// <summary>Steps that end without an update.</summary>
public class FailedStepTests
{
    [Fact]
    public void ALossThatIsNotFiniteChangesNothing()
    {
        Sequential net = [new Linear(2, 3), new BatchNorm1d(3), new Linear(3, 1)];
        Optimizer optimizer = new(net, new Adam());
        CompiledStep step = Compiled.Step(net, optimizer, new MseLoss().Forward);
        Tensor good = Tensor.Uniform([4, 2], new Rng(1)), target = Tensor.Zeros([4, 1]);
        step.Run(good, target);
        Dictionary<string, byte[]> before = net.StateDict().ToDictionary(pair => pair.Key, pair => Bytes(pair.Value));
        Assert.False(double.IsFinite(step.Run(Tensor.Full([4, 2], double.NaN), target)));
        foreach ((string key, Tensor value) in net.StateDict()) Assert.Equal(before[key], Bytes(value));
        Assert.Contains(
            "because the batch's input holds NaN at [0, 0] of float32[4, 2]",
            step.Explain(Tensor.Full([4, 2], double.NaN), target)!.Message, StringComparison.Ordinal);
        Assert.Null(step.Explain(good, target));
        foreach ((string key, Tensor value) in net.StateDict()) Assert.Equal(before[key], Bytes(value));
    }

    /// <summary>A layer that runs twice in a step reads the running averages that it has assigned.</summary>
    [Theory]
    [InlineData(false, 2, false), InlineData(true, 1, false), InlineData(true, 2, false)]
    [InlineData(false, 2, true), InlineData(true, 1, true)]
    public void AFailedStepChangesNothingWhereALayerRunsTwice(bool isSiamese, int pieces, bool isEager)
    {
        Module Make() => isSiamese ? new Siamese() : new Sequential(new BatchNorm1d(4), new Dropout(0.1), new Linear(4, 2));
        Tensor x = Tensor.Normal([6, 4], new Rng(1)), t = Tensor.Normal([6, 2], new Rng(2));
        Batch good = new(x, t), bad = new(Tensor.Where(x < -0.5, double.NaN, x), t);
        Batch refused = new(x, Tensor.Zeros([6, 3]));
        Dictionary<bool, byte[][]> ends = [];
        foreach (bool hasFailures in (bool[])[false, true])
        {
            Module net = Make();
            Optimizer optimizer = new(net, new Adam());
            TrainingTask task = TrainingTask.Regression;
            IBatchRunner step = isEager ? new EagerStep(net, optimizer, task.StepOf(net), pieces)
                : Compiled.Step(net, optimizer, task, accumulationSteps: pieces);
            for (int i = 0; i < 3; i++)
            {
                Assert.True(double.IsFinite(step.Run(good).Loss));
                if (!hasFailures) continue;
                BatchResult failed = step.Run(bad);
                Assert.Contains("the batch's input holds NaN", failed.Failure!.Message, StringComparison.Ordinal);
                Assert.Throws<ShapeException>(() => { step.Run(refused); });
            }
            ends[hasFailures] = [.. net.StateDict().Values.Select(Bytes)];
        }
        Assert.Equal(ends[false], ends[true]);
    }

    private sealed class Siamese : Module
    {
        private readonly Sequential _encoder = [new Linear(4, 3), new BatchNorm1d(3), new Relu(), new Linear(3, 2)];

        public Siamese() => Child(_encoder, "encoder");

        protected override Tensor OnForward(Tensor x) => _encoder.Forward(x) - _encoder.Forward(x * 0.5);
    }

    [Fact]
    public void AStepInsideAStepIsRefused()
    {
        Sequential net = [new Linear(2, 1)];
        Again again = new();
        Optimizer optimizer = new(net, new Sgd(), 0.1) { Hooks = { again } };
        CompiledStep step = Compiled.Step(net, optimizer, new MseLoss().Forward);
        Tensor x = Tensor.Ones([4, 2]), y = Tensor.Zeros([4, 1]);
        again.Do = () => step.Run(x, y);
        Assert.Contains(
            "was run while it was running already",
            Assert.Throws<InvalidOperationException>(() => step.Run(x, y)).Message, StringComparison.Ordinal);
        again.Do = () => { };
        Assert.True(double.IsFinite(step.Run(x, y)));
    }

    private sealed class Again : IUpdateHook
    {
        public Action Do { get; set; } = () => { };

        HookPhases IUpdateHook.Phases => HookPhases.After;

        void IUpdateHook.After(IReadOnlyList<Parameter> parameters) => Do();
    }
}
