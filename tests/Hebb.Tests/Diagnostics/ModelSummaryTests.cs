using Hebb.Diagnostics;
using Hebb.Layers;
using Hebb.Models;

namespace Hebb.Tests.Diagnostics;

public class ModelSummaryTests
{
    [Fact]
    public void LeNetIsCounted()
    {
        ModelSummary summary = ModelSummary.Of(ReadyModels.Build("lenet", [1, 28, 28], 10), [1, 28, 28], batch: 2);
        Assert.Equal(61706, summary.Parameters);
        LayerSummary first = summary.Layers[0];
        Assert.Equal([2, 6, 28, 28], first.Output);
        Assert.Equal(156, first.Parameters);
        Assert.Equal(2.0 * 2 * 6 * 28 * 28 * 25, summary.Layers[0].Flops);
        // 5, then 5 + 1, then 6 + 4 * 2, then 14 + 2.
        Assert.Equal([5, 5, 6, 14, 14, 16], summary.Layers.Take(6).Select(layer => layer.ReceptiveField));
        Assert.Equal(0, summary.Layers[^1].ReceptiveField);
    }

    [Fact]
    public void MemoryIsThatOfWhatIsStillNeeded()
    {
        const long image = 4L * 2 * 6 * 28 * 28;
        ModelSummary summary = ModelSummary.Of(
            new Sequential(new Conv2d(1, 6, 5, pad: 2), new Sigmoid(), new Tanh(), new AvgPool2d(2), new Flatten()), [1, 28, 28], batch: 2);
        // Sigmoid and tanh need their results for their gradients, and then those of the convolution and the mean are not needed.
        Assert.Equal([0, image, image, 0, 0], summary.Layers.Select(layer => layer.TrainingBytes));
        Assert.Equal(2 * image, summary.TrainingBytes);
        Assert.Equal([image, 2 * image, 2 * image, image + image / 4], summary.Layers.Take(4).Select(layer => layer.InferenceBytes));
        Assert.Equal(2 * image, summary.InferenceBytes);
    }

    [Fact]
    public void WhatALaterLayerNeedsLivesOn()
    {
        ModelSummary summary = ModelSummary.Of(new Doubled(new Sequential(new Linear(8), new Tanh(), new Linear(8))), [8]);
        Assert.Equal(["body.0", "body.1", "body.2", ""], summary.Layers.Select(layer => layer.Name));
        Assert.Equal("Doubled", summary.Layers[^1].Layer);
        // The stem's result waits while the body runs.
        Assert.Equal([64, 96, 96, 96], summary.Layers.Select(layer => layer.InferenceBytes));
        Assert.Equal([128.0, 8, 128, 16], summary.Layers.Select(layer => layer.Flops));
    }

    [Fact]
    public void ReceptiveFieldsGrowInSequencesVolumesAndBranches()
    {
        int[] Fields(Module net, Shape input) => [.. ModelSummary.Of(net, input).Layers.Select(layer => layer.ReceptiveField)];
        Assert.Equal([3, 4, 12, 0], Fields(
            new Sequential(new Conv1d(2, 4, 3), new MaxPool1d(2), new Conv1d(4, 4, 3, dilation: 2), new GlobalMaxPool()), [2, 20]));
        Assert.Equal([3, 3, 4, 8], Fields(
            new Sequential(new Conv3d(1, 2, 3, pad: 1), new Relu(), new AvgPool3d(2), new Conv3d(2, 2, 3)), [1, 8, 8, 8]));
        Assert.Equal([3, 5], Fields(
            new Sequential(new Conv2d(1, 2, 3, pad: 1) { PadMode = PadMode.Reflect }, new NormPool2d(3, 1)), [1, 8, 8]));
        Assert.Equal([5, 6], Fields(
            new Sequential(new LocallyConnected2d(1, 2, (9, 9), 5), new WindowPool2d(PoolWindow.Square(2), w => w.Max(-1))), [1, 9, 9]));
        // The longer way of a block counts, also along its sum and what comes after.
        Assert.Equal([3, 5, 5, 7], Fields(
            new Sequential(new Residual(new Sequential(new Conv2d(2, 2, 3, pad: 1), new Conv2d(2, 2, 3, pad: 1))), new Conv2d(2, 2, 3)),
            [2, 8, 8]));
        Assert.Equal([3, 7, 7], Fields(new Concat(new Conv2d(1, 2, 3, pad: 1), new Conv2d(1, 2, 7, pad: 3)), [1, 8, 8]));
    }

    [Fact]
    public void SharedLayersAndParametersCountOnce()
    {
        Linear layer = new(4, 4);
        ModelSummary summary = ModelSummary.Of(new Sequential(layer, new Tanh(), layer), [4]);
        Assert.Equal([20, 0, 0], summary.Layers.Select(row => row.Parameters));
        Assert.Equal([32.0, 4, 32], summary.Layers.Select(row => row.Flops));
        Assert.Equal(20, ModelSummary.Of(new Bilinear(), [4]).Parameters);
    }

    [Fact]
    public void NothingChanges()
    {
        Sequential net = [new Linear(3, 4), new BatchNorm1d(4), new Dropout(), new Linear(2)];
        net[2].Eval();
        ModelSummary.Of(net, [3], batch: 8);
        Assert.Equal([true, true, false, true], net.Select(layer => layer.IsTraining));
        Assert.Equal(0, net.StateDict()["1.num_batches_tracked"].Item());
        Assert.Equal(0UL, net.Noise.Position);
        Assert.All(net.Parameters(), parameter => Assert.Null(parameter.Grad));
        Assert.Equal([2, 4], net.StateDict()["3.weight"].Shape);
    }

    [Fact]
    public void AFrozenNetworkKeepsNothingForTraining()
    {
        Sequential net = [new Linear(3, 4), new Tanh()];
        net.Freeze();
        Assert.Equal(0, ModelSummary.Of(net, [3]).TrainingBytes);
    }

    [Fact]
    public void ALongNetworkCostsAsMuchAsItIsLong()
    {
        Allocated(10);
        (long few, long many) = (Allocated(250), Allocated(1000));
        Assert.True(many < 8 * few, $"{few} bytes for 250 layers, {many} for 1000");

        static long Allocated(int count)
        {
            Sequential net = new([.. Enumerable.Range(0, count).Select(_ => new Linear(1, 1))]);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal($"{count - 1}", ModelSummary.Of(net, new Shape(1)).Layers[^1].Name);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void AModelThatDoesNotTakeTheInputSaysSo() =>
        Assert.Throws<ShapeException>(() => ModelSummary.Of(ReadyModels.Build("mlp", [4], 2), [5]));

    [Fact]
    public void AModelThatReadsValuesSaysSo() =>
        Assert.Throws<TraceException>(() => ModelSummary.Of(new Sequential(new Lambda(x => x.Sum().Item() > 0 ? x : -x)), [4]));

    /// <summary>y = f(2 x) + 2 x</summary>
    private sealed class Doubled : Module
    {
        private readonly Module _body;

        public Doubled(Module body) => Child(_body = body);

        protected override Tensor OnForward(Tensor x)
        {
            Tensor stem = x * 2;
            return _body.Forward(stem) + stem;
        }
    }

    /// <summary>Uses a part's weights without calling it.</summary>
    private sealed class Bilinear : Module
    {
        private readonly Linear _part;

        public Bilinear() => Child(_part = new Linear(4, 4));

        protected override Tensor OnForward(Tensor x) => x.MatMul(_part.Weight).MatMul(_part.Weight.T);
    }

    [Fact]
    public void ASummaryPrintsItself()
    {
        string[] lines = ModelSummary.Of(new Sequential(new Linear(3, 2), new Relu()), [3], batch: 4).ToString().Split('\n');
        Assert.Equal("layer            output  parameters  field  MFLOP  training KiB  inference KiB", lines[0]);
        Assert.StartsWith("0 Linear(3 → 2)  [4, 2]           8", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("1 Relu", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("8 parameters (0 KiB), 0 MFLOP forward for a batch of 4", lines[^1], StringComparison.Ordinal);
    }
}
