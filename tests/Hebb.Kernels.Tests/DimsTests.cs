using Hebb.Kernels;

namespace Hebb.Kernels.Tests;

public class DimsTests
{
    [Fact]
    public void HoldsWhatItIsGiven()
    {
        Dims dims = [2, 3, 4];
        Assert.Equal(3, dims.Rank);
        Assert.Equal([2, 3, 4], dims.Span.ToArray());
        Assert.Equal("[2, 3, 4]", dims.ToString());
        Assert.Equal(24, dims.Product());
        Assert.Equal([2, 3, 4], dims.ToArray());
    }

    [Fact]
    public void AnEmptyListIsAScalar()
    {
        Dims scalar = [];
        Assert.Equal(0, scalar.Rank);
        Assert.Equal(1, scalar.Product());
        Assert.Equal("[]", scalar.ToString());
        Assert.Equal(default, scalar);
    }

    [Fact]
    public void EqualityIsByValueAndRank()
    {
        Dims a = [2, 3], b = [2, 3], longer = [2, 3, 0], other = [3, 2];
        Assert.True(a == b && a.Equals((object)b) && a.GetHashCode() == b.GetHashCode());
        Assert.True(a != longer && a != other);
        Assert.NotEqual(a.GetHashCode(), other.GetHashCode());
        Assert.False(a.Equals("[2, 3]"));
    }

    [Fact]
    public void EditsGiveNewLists()
    {
        Dims a = [2, 3];
        Assert.Equal([2, 7], a.With(1, 7));
        Assert.Equal([5, 2, 3], a.Insert(0, 5));
        Assert.Equal([2, 3, 5], a.Insert(2, 5));
        Assert.Equal([3], a.Without(0));
        Assert.Equal([1, 1, 1], Dims.Repeat(1, 3));
        Assert.Equal([2, 3], a);
    }

    [Fact]
    public void RowMajorStridesLeaveNoGaps()
    {
        Assert.Equal([12, 4, 1], Dims.RowMajor([2, 3, 4]));
        Assert.Equal([4, 4, 1], Dims.RowMajor([2, 0, 4]));
        Assert.Equal([], Dims.RowMajor([]));
        Assert.Throws<ArgumentException>(() => Dims.RowMajor([1, 1 << 16, 1 << 16]));
    }

    [Fact]
    public void ProductsAreCheckedAndZeroWins()
    {
        Dims huge = Dims.Repeat(int.MaxValue, 8);
        Assert.Contains("2^63", Assert.Throws<InvalidOperationException>(() => huge.Product()).Message, StringComparison.Ordinal);
        Assert.Equal(0, huge.With(7, 0).Product());
        Assert.Equal(4_611_686_014_132_420_609, Dims.Repeat(int.MaxValue, 2).Product());
    }

    [Fact]
    public void TooManyNumbersAndMissingAxesAreRefused()
    {
        Assert.Contains("9 dimensions", Assert.Throws<ArgumentException>(() => new Dims(new int[9])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Dims.Repeat(1, 8).Insert(0, 1));
        Dims a = [2, 3];
        Assert.Contains("axis 2 in [2, 3]", Assert.Throws<ArgumentOutOfRangeException>(() => a[2]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => a[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => a.With(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => a.Without(2));
    }
}
