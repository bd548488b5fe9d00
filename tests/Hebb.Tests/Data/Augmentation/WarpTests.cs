using Hebb.Data;

namespace Hebb.Tests.Data.Augmentation;

/// <summary>Augmentations of images, on a picture whose pixels all differ.</summary>
public class WarpTests
{
    private static readonly Shape s_shape = [2, 4, 5];

    private static float[] Picture() => [.. Enumerable.Range(0, s_shape.Count).Select(i => (float)i)];

    private static float[] Changed(IAugmentation change, int place = 0, int epoch = 0)
    {
        float[] picture = Picture();
        change.Change(picture, s_shape, new SampleRandom(7, epoch, place));
        return picture;
    }

    public static TheoryData<IAugmentation> All =>
        [new RandomFlip(0.5, 0.5), new RandomShift(), new RandomAffine(30, 0.3, 1), new ElasticDistortion(), new AdditiveNoise(),
            new CutOut(2, -1)];

    public static TheoryData<IAugmentation> Nothing =>
        [new RandomFlip(0), new RandomShift(0), new RandomAffine(0, 0), new ElasticDistortion(0), new AdditiveNoise(0)];

    [Theory, MemberData(nameof(All))]
    public void ChangesAreAFunctionOfSeedEpochAndPlace(IAugmentation change)
    {
        Assert.Equal(Changed(change, 3, 1), Changed(change, 3, 1));
        Assert.True(Enumerable.Range(0, 8).Select(place => string.Join(' ', Changed(change, place))).Distinct().Count() > 2);
        Assert.True(Enumerable.Range(0, 8).Select(epoch => string.Join(' ', Changed(change, 0, epoch))).Distinct().Count() > 2);
        Assert.All(Changed(change), value => Assert.InRange(value, -1.5f, 40f));
    }

    [Theory, MemberData(nameof(Nothing))]
    public void ChangesOfNothingLeaveTheBits(IAugmentation change) => Assert.Equal(Picture(), Changed(change));

    [Fact]
    public void FlipsExchangeSides()
    {
        Assert.Equal([4f, 3, 2, 1, 0, 9, 8], Changed(new RandomFlip(1))[..7]);
        Assert.Equal([15f, 16, 17, 18, 19, 10, 11], Changed(new RandomFlip(0, 1))[..7]);
        Assert.Equal(35f, Changed(new RandomFlip(0, 1))[20]);
    }

    [Fact]
    public void ShiftsMoveWholePixelsAndFillTheEdges()
    {
        HashSet<string> seen = [];
        for (int place = 0; place < 60; place++)
        {
            float[] edge = Changed(new RandomShift(1), place), filled = Changed(new RandomShift(1, -9), place);
            // The pixel in the middle says where the picture went.
            (int down, int right) = (1 - ((int)edge[7] / 5), 2 - ((int)edge[7] % 5));
            Assert.InRange(down, -1, 1);
            Assert.InRange(right, -1, 1);
            seen.Add($"{down} {right}");
            for (int k = 0; k < 20; k++)
            {
                (int row, int column) = ((k / 5) - down, (k % 5) - right);
                bool isInside = row is >= 0 and < 4 && column is >= 0 and < 5;
                Assert.Equal((Math.Clamp(row, 0, 3) * 5) + Math.Clamp(column, 0, 4), edge[k]);
                Assert.Equal(isInside ? (row * 5) + column : -9, filled[k]);
            }
        }
        Assert.Equal(9, seen.Count);
    }

    /// <summary>A plane of equal slopes stays one under turns, and its middle stays.</summary>
    [Fact]
    public void TurnsGoAboutTheMiddle()
    {
        Shape shape = [1, 9, 9];
        for (int place = 0; place < 10; place++)
        {
            float[] ramp = [.. Enumerable.Range(0, 81).Select(i => (float)(i % 9 - 4))];
            new RandomAffine(40, 0).Change(ramp, shape, new SampleRandom(1, 0, place));
            Assert.Equal(0, ramp[40], 1e-5f);
            float across = ramp[41] - ramp[40], down = ramp[49] - ramp[40];
            Assert.Equal(1, Math.Sqrt((across * across) + (down * down)), 1e-4);
            Assert.True(Math.Abs(Math.Atan2(down, across)) <= 40 * Math.PI / 180 + 1e-4);
        }
    }

    [Fact]
    public void ACutCoversASquareOfAllChannels()
    {
        float[] cut = Changed(new CutOut(3, -1));
        int[] covered = [.. Enumerable.Range(0, 20).Where(i => cut[i] == -1)];
        Assert.InRange(covered.Length, 4, 9);
        Assert.Equal(covered, Enumerable.Range(0, 20).Where(i => cut[20 + i] == -1));
        Assert.Equal(covered.Length, (covered.Max(i => i / 5) - covered.Min(i => i / 5)
            + 1) * (covered.Max(i => i % 5) - covered.Min(i => i % 5) + 1));
    }

    [Fact]
    public void OnlyImagesAreWarped()
    {
        Assert.Contains(
            "[channels, rows, columns]", Assert.Throws<ShapeException>(
            () => new RandomAffine().Change(new float[3], [3], new SampleRandom(0, 0, 0))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomAffine(Scale: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomShift(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ElasticDistortion(Knots: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CutOut(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdditiveNoise(-1));
    }
}
