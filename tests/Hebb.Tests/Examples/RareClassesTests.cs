using Hebb.Data;
using Hebb.Layers;
using Hebb.Training;

namespace Hebb.Tests.Examples;

/// <summary>
/// One number tells two classes apart, N(0, 1) and N(1.5, 1), and one in twenty samples is of the second. Trained as they come, a unit
/// hardly ever names it; with classes drawn or weighed alike the border lies in the middle, where each class is recognized with probability
/// Φ(0.75) = 0.773.
/// </summary>
public class RareClassesTests
{
    [Theory]
    [InlineData(ClassBalance.None, 0.0, 0.25)]
    [InlineData(ClassBalance.Samples, 0.68, 0.86)]
    [InlineData(ClassBalance.Loss, 0.68, 0.86)]
    public void TheRareClassIsFoundIfItCountsAsMuch(ClassBalance balance, double least, double most)
    {
        Recipe recipe = new("fc", Epochs: 20, Batch: 64, "adam", 0.02) { Balance = balance };
        Linear unit = new(1, 2);
        Experiment experiment = new(new DataBundle("rare", Draw(4000, 1), Draw(1000, 2), Draw(4000, 3)), recipe, unit);
        Assert.Equal(balance == ClassBalance.None ? "accuracy" : "balanced accuracy", experiment.ScoreName);
        ExperimentResult result = experiment.Run();
        ConfusionMatrix confusion = new();
        foreach (Batch batch in new DataLoader(Draw(4000, 3), 500).Epoch(0)) confusion.Add(unit.Forward(batch.Input), batch.Target);
        Assert.InRange(confusion.Recall(1), least, most);
        Assert.Equal(balance == ClassBalance.None, result.Test.Score > 0.9);
    }

    private static VectorDataset Draw(int count, ulong seed)
    {
        float[] x = Tensor.Normal([count], new Rng(seed, RngStreams.Data)).ToArray<float>();
        int[] classes = [.. Enumerable.Range(0, count).Select(i => i % 20 == 0 ? 1 : 0)];
        for (int i = 0; i < count; i++) x[i] += 1.5f * classes[i];
        return VectorDataset.OfClasses([1], x, classes, "often", "rare");
    }
}
