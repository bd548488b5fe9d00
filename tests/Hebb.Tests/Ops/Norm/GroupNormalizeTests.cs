namespace Hebb.Tests.Ops.Norm;

using Hebb.Tests.Registry;

public class GroupNormalizeTests
{
    [Fact]
    public void GroupsOfChannelsAreNormalizedTogether()
    {
        Tensor x = Tensor.From<double>([0, 2, 4, 6, 1, 1, 3, 3], [1, 4, 2]);
        Near.Assert([-1, 1], x.GroupNormalize(4, 1e-12).ToArray<double>()[..2], 1e-9, "a channel alone");
        Near.Assert([-1, -1, 1, 1], x.GroupNormalize(2, 1e-12).ToArray<double>()[4..], 1e-9, "two channels");
        Near.Assert(x.LayerNormalize(2, 1e-12).ToArray<double>(), x.GroupNormalize(1, 1e-12).ToArray<double>(), 0, "all");
    }

    [Fact]
    public void EachChannelHasItsOwnScaleAndShift()
    {
        Tensor x = Tensor.From<double>([0, 2, 4, 6], [1, 2, 2]), gamma = Tensor.From<double>([2, 3]), beta = Tensor.From<double>([10, 20]);
        Near.Assert([8, 12, 17, 23], x.GroupNormalize(2, gamma, beta, 1e-12).ToArray<double>(), 1e-9, "two channels");
    }
}
