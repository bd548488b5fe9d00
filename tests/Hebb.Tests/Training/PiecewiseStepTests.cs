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
        Assert.All(whole.Output().ToArray<float>().Zip(cut.Output().ToArray<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        foreach ((string name, Tensor value) in one.StateDict())
            Assert.All(value.ToArray<float>().Zip(other.StateDict()[name].ToArray<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
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
                        new Batch(BatchLayout.Plain(1), [.. batch], default), pieces, piece => new StepOutcome(LossValue.OfMean(net.Forward(piece.Input).Square().Mean()), []), learning);
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
}
