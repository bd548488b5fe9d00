namespace Hebb.Kernels.Tests;

public class LoopTests
{
    [Fact]
    public void NeighborsMergeAndSizeOneAxesVanish()
    {
        Dims shape = [4, 1, 5, 6], strides = [30, 77, 6, 1];
        Loop loop = Loop.Of(shape, [strides, strides]);
        Assert.Equal((1, 120, 2), (loop.Rank, loop.Count, loop.Operands));
    }

    [Fact]
    public void APermutedButDenseArrayIsOneRun()
    {
        Dims shape = [4, 5, 6], channelsLast = [5, 1, 20];
        Assert.Equal(1, Loop.Of(shape, [channelsLast, channelsLast]).Rank);
        Assert.Equal(2, Loop.Of(shape, [Dims.RowMajor(shape), channelsLast]).Rank);
    }

    [Fact]
    public void ARowBroadcastKeepsTwoAxesAndAScalarOne()
    {
        Dims shape = [8, 16], dense = [16, 1];
        Assert.Equal(2, Loop.Of(shape, [dense, [0, 1], dense]).Rank);
        Assert.Equal(1, Loop.Of(shape, [dense, [0, 0], dense]).Rank);
    }

    [Fact]
    public void ReversedAxesAreTurned()
    {
        Dims shape = [3, 4], backwards = [-4, -1];
        Assert.Equal(1, Loop.Of(shape, [backwards, backwards]).Rank);
    }

    [Fact]
    public void EmptyShapesVisitNothing()
    {
        Dims shape = [3, 0, 4];
        Assert.Equal(0, Loop.Of(shape, [shape, shape]).Count);
        Assert.Equal(0, Loop.Contiguous(0).Count);
    }

    [Fact]
    public void AScalarIsOneElement()
    {
        Loop loop = Loop.Of([], [[], []]);
        Assert.Equal((1, 1), (loop.Rank, loop.Count));
    }

    [Fact]
    public void WrongStridesAreRefusedInASentence()
    {
        Dims two = [2, 3];
        Refused("strides [1] for the shape [2, 3]", () => Loop.Of(two, [[3, 1], [1]]));
        Refused("stride 0 along axis 0", () => Loop.Of(two, [[3, 1], [0, 1]]));
        Refused("negative size", () => Loop.Of([-2], [[1]]));
        Refused("9 operands", () => Loop.Of(two, new Dims[9]));
        Refused("Got 3 outputs", () => Loop.Of(two, [[3, 1], [3, 1]], outputs: 3));
        Refused("Got 1 outputs and 2 changed", () => Loop.Of(two, [[3, 1], [3, 1]], outputs: 1, changed: 2));
        Refused("Operand 0, which is written", () => Loop.Of(two, [[0, 1], [3, 1]], outputs: 0, changed: 1));
        Refused("2^31", () => Loop.Of([1 << 16, 1 << 16], [[0, 0], [1 << 16, 1]]));
        Refused("2^31", () => Loop.Of([3, 2], [[int.MaxValue, 1], [2, 1]]));
        Refused("2^31", () => Loop.Of([2, 2], [[int.MinValue, int.MinValue], [2, 1]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Loop.Contiguous(-1));
    }

    private static void Refused(string part, Action action) =>
        Assert.Contains(part, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
}
