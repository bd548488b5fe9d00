using Hebb.Diagnostics;
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
        Assert.Equal(4L * 2 * 6 * 28 * 28, summary.Layers[0].Bytes);
        Assert.True(summary.InferenceBytes < summary.TrainingBytes);
    }

    [Fact]
    public void AModelThatDoesNotTakeTheInputSaysSo() =>
        Assert.Throws<ShapeException>(() => ModelSummary.Of(ReadyModels.Build("mlp", [4], 2), [5]));
}
