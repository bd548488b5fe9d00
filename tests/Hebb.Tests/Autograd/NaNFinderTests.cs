using Hebb.Data;
using Hebb.Layers;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Autograd;

public class NaNFinderTests
{
    [Fact]
    public void TheLayerIsNamedForwardsAndBackwards()
    {
        Sequential net = [new Linear(2, 2), new Sequential(new Lambda(x => x.Sqrt(), "√x"))];
        Tensor x = Tensor.Zeros([3, 2]);
        foreach (Parameter parameter in net.Parameters()) parameter.Detach().Fill(0);
        Assert.StartsWith(
            "Div(float32[3, 2], float32[3, 2]) in the gradient of Sqrt(float32[3, 2]) in layer '1.0 Lambda(√x)' made Infinity at [0, 0] "
                + "of float32[3, 2];",
            Message(() => net.Forward(x).Sum().Backward()), StringComparison.Ordinal);
        net.Parameters().Last().Detach().Fill(-1);
        Assert.StartsWith(
            "Sqrt(float32[3, 2]) in layer '1.0 Lambda(√x)' made NaN at [0, 0]", Message(() => net.Forward(x)), StringComparison.Ordinal);
    }

    [Fact]
    public void WhoRecordedBeforeGoesOnRecording()
    {
        Count count = new();
        using (new Recording(count))
        {
            Message(() => _ = Tensor.Ones([2]) / 0);
            _ = Tensor.Ones([2]) + 1;
        }
        Assert.Equal(2, count.Ops);
    }

    /// <summary>A compiled training runs op by op while somebody watches: the gradient's op is named although the loss is finite.</summary>
    [Fact]
    public void CompiledTrainingIsSeenToo()
    {
        Sequential net = [new Linear(2, 1, bias: false), new Lambda(x => x.Relu().Sqrt(), "√x")];
        foreach (Parameter parameter in net.Parameters()) parameter.Detach().Fill(-1);
        VectorDataset samples = VectorDataset.OfValues([2], [1, 2, 3, 4], [0, 0], "y");
        Optimizer optimizer = new(net, new Sgd(), 0.1);
        string found = Message(
            () => Trainer.Fit(
            net, TrainingTask.Regression, optimizer, new DataLoader(samples, 2), null, new TrainingOptions { Epochs = 1 }));
        Assert.Contains("in the gradient of Sqrt(float32[2, 1]) in layer '1 Lambda(√x)' made", found, StringComparison.Ordinal);
    }

    private static string Message(Action action)
    {
        using NaNFinder finder = new(infinitiesToo: true);
        try
        {
            action();
        }
        catch (NonFiniteException error)
        {
            return error.Message;
        }
        return "";
    }

    private sealed class Count : IRecorder
    {
        public int Ops { get; private set; }

        public void Ran(IOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) => Ops++;
    }
}
