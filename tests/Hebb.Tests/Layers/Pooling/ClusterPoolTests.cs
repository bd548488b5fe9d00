namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class ClusterPoolTests
{
    [Theory]
    [InlineData(ClusterAggregate.Sum, 8, 6)]
    [InlineData(ClusterAggregate.Mean, 8 / 3.0, 3)]
    [InlineData(ClusterAggregate.Max, 5, 4)]
    public void AClusterSeesExactlyItsMembers(ClusterAggregate aggregate, double first, double second)
    {
        double[] y = new ClusterPool([[0, 2, 4], [1, 3]], aggregate).Forward(Tensor.From<double>([1, 2, 2, 4, 5], [1, 5]))
            .ToArray<double>();
        Assert.Equal(first, y[0], 1e-6);
        Assert.Equal(second, y[1], 1e-6);
    }

    [Fact]
    public void OnlyPartitionsAreTaken()
    {
        Assert.Throws<ArgumentException>(() => new ClusterPool([[0], [0, 1]]));
        Assert.Throws<ArgumentException>(() => new ClusterPool([[0], [2]]));
        Assert.Throws<ArgumentException>(() => new ClusterPool([[0], []]));
    }
}
