using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class KnownImagesTests
{
    [Fact]
    public void Mnist_has_its_counts()
    {
        DataBundle mnist = RealData.Load("mnist");
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], Counts(mnist.Test));
        int[] train = Counts(mnist.Train), validation = Counts(mnist.Validation);
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], train.Zip(validation, (a, b) => a + b));
        Assert.Equal((54_000, 6_000), (mnist.Train.Count, mnist.Validation.Count));
        Assert.Equal([1, 28, 28], mnist.InputShape.AsSpan().ToArray());
        Assert.Equal(0.1307 * 255, mnist.Images!.Scaler.Offsets[0], 0.2);
        Assert.Equal(0.3081 * 255, mnist.Images.Scaler.Scales[0], 0.2);
        AssertStandard(mnist.Train);
    }

    [Fact]
    public void Fashion_mnist_has_its_counts()
    {
        DataBundle fashion = RealData.Load("fashion-mnist");
        Assert.Equal(Enumerable.Repeat(1000, 10), Counts(fashion.Test));
        Assert.Equal(Enumerable.Repeat(6000, 10), Counts(fashion.Train).Zip(Counts(fashion.Validation), (a, b) => a + b));
        Assert.Equal("Ankle boot", fashion.Target.Names[9]);
    }

    [Fact]
    public void Cifar_has_its_counts_and_colors()
    {
        DataBundle cifar = RealData.Load("cifar10-subset");
        Assert.Equal(Enumerable.Repeat(300, 10), Counts(cifar.Test));
        Assert.Equal(Enumerable.Repeat(1200, 10), Counts(cifar.Train).Zip(Counts(cifar.Validation), (a, b) => a + b));
        Assert.Equal([3, 32, 32], cifar.InputShape.AsSpan().ToArray());
        double[] means = [0.491, 0.481, 0.445];
        for (int channel = 0; channel < 3; channel++) Assert.Equal(means[channel], cifar.Images!.Scaler.Offsets[channel] / 255, 0.01);
        Assert.Equal(["airplane", "truck"], [cifar.Target.Names[0], cifar.Target.Names[9]]);
    }

    [Fact]
    public void Optdigits_has_its_counts()
    {
        DataBundle digits = RealData.Load("optdigits");
        Assert.Equal((3441, 382, 1797), (digits.Train.Count, digits.Validation.Count, digits.Test.Count));
        Assert.Equal([376, 389, 380, 389, 387, 376, 377, 387, 380, 382],
            Counts(digits.Train).Zip(Counts(digits.Validation), (a, b) => a + b));
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], Counts(digits.Test));
        AssertStandard(digits.Train);
    }

    private static int[] Counts(IDataset set)
    {
        long[] classes = set.Read<long>(Field.TargetName);
        return [.. Enumerable.Range(0, set.Target.Width).Select(c => classes.Count(x => x == c))];
    }

    private static void AssertStandard(IDataset set)
    {
        double sum = 0, squares = 0, count = 0;
        float[] inputs = new float[set.InputShape.Count];
        for (int i = 0; i < set.Count; i++)
        {
            inputs = set.Read<float>(Field.InputName, [i]);
            foreach (float x in inputs) (sum, squares, count) = (sum + x, squares + (double)x * x, count + 1);
        }

        Assert.Equal(0, sum / count, 1e-5);
        Assert.Equal(1, squares / count, 1e-5);
    }
}
