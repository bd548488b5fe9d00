using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class SplitsTests
{
    [Fact]
    public void Three_ways_have_the_shares_and_every_sample_once()
    {
        foreach (int count in (int[])[0, 1, 5, 100, 1599])
        {
            Split split = Splits.ThreeWay(count, 4);
            AssertParts(count, split.Train, split.Validation, split.Test);
            Assert.Equal((int)Math.Round(0.2 * count, MidpointRounding.AwayFromZero), split.Test.Length);
            Assert.Equal((int)Math.Round(0.16 * count, MidpointRounding.AwayFromZero), split.Validation.Length);
        }
    }

    [Fact]
    public void Stratified_parts_keep_the_share_of_every_class()
    {
        int[] classes = [.. Enumerable.Repeat(0, 50), .. Enumerable.Repeat(1, 500), 2, .. Enumerable.Repeat(3, 3)];
        Split split = Splits.Stratified(classes, 1);
        AssertParts(classes.Length, split.Train, split.Validation, split.Test);
        Assert.Equal([32, 320, 1, 2], Counts(split.Train));
        Assert.Equal([8, 80, 0, 0], Counts(split.Validation));
        Assert.Equal([10, 100, 0, 1], Counts(split.Test));

        int[] Counts(int[] part) => [.. Enumerable.Range(0, 4).Select(c => part.Count(i => classes[i] == c))];
    }

    [Fact]
    public void Seeds_choose_and_repeat()
    {
        Assert.Equal(Splits.ThreeWay(100, 1).Test, Splits.ThreeWay(100, 1).Test);
        Assert.NotEqual(Splits.ThreeWay(100, 1).Test, Splits.ThreeWay(100, 2).Test);
        // A format: the same samples are in the test part in every version and on every machine.
        Assert.Equal([0, 6, 8, 9], Splits.ThreeWay(20, 0).Test);
    }

    [Fact]
    public void A_tenth_validates_where_there_is_a_test_file()
    {
        (int[] train, int[] validation) = Splits.LastTenth(3823, 0);
        AssertParts(3823, train, validation);
        Assert.Equal(382, validation.Length);
    }

    [Fact]
    public void Two_ways_and_tails()
    {
        (int[] first, int[] second) = Splits.TwoWay(10, 3);
        AssertParts(10, first, second);
        Assert.Equal(8, first.Length);
        (int[] earlier, int[] later) = Splits.Tail(144);
        Assert.Equal(Enumerable.Range(0, 115), earlier);
        Assert.Equal(Enumerable.Range(115, 29), later);
        Assert.Throws<ArgumentOutOfRangeException>(() => Splits.Tail(10, double.NaN));
    }

    [Fact]
    public void Folds_validate_every_sample_once()
    {
        IReadOnlyList<(int[] Train, int[] Validation)> folds = Splits.KFold(23, 5, 9);
        Assert.Equal(Enumerable.Range(0, 23), folds.SelectMany(fold => fold.Validation).Order());
        Assert.All(folds, fold => AssertParts(23, fold.Train, fold.Validation));
        Assert.All(folds, fold => Assert.InRange(fold.Validation.Length, 4, 5));
        Assert.Throws<ArgumentException>(() => Splits.KFold(3, 4, 0));

        int[] classes = [.. Enumerable.Range(0, 40).Select(i => i < 10 ? 0 : 1)];
        Assert.All(Splits.StratifiedKFold(classes, 5, 0), fold => Assert.Equal(2, fold.Validation.Count(i => classes[i] == 0)));
    }

    private static void AssertParts(int count, params int[][] parts)
    {
        Assert.Equal(Enumerable.Range(0, count), parts.SelectMany(part => part).Order());
        Assert.All(parts, part => Assert.Equal(part.Order(), part));
    }
}
