namespace Hebb.Tests.Ops.Norm;

using Hebb.Tests.Registry;

public class StandardizeTests
{
    [Fact]
    public void GroupsOfChannelsAreNormalizedTogether()
    {
        Tensor x = Tensor.From<double>([0, 2, 4, 6, 1, 1, 3, 3], [1, 4, 2]);
        Near.Assert([-1, 1], x.StandardizeGroups(4, 1e-12).ToArray<double>()[..2], 1e-9, "a channel alone");
        Near.Assert([-1, -1, 1, 1], x.StandardizeGroups(2, 1e-12).ToArray<double>()[4..], 1e-9, "two channels");
        Near.Assert(x.Standardize(1, 1e-12).ToArray<double>(), x.StandardizeGroups(1, 1e-12).ToArray<double>(), 0, "all");
    }

    [Fact]
    public void NothingStaysNothingAndBadGroupsAreRefused()
    {
        Assert.Equal([0, 3], Tensor.Zeros([0, 3]).Standardize().Shape);
        Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 3]).StandardizeGroups(2));
        Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 1]).Standardize());
    }
}
