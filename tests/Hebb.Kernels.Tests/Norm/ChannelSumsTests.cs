namespace Hebb.Kernels.Tests.Norm;

[Collection("lanes")]
public class ChannelSumsTests
{
    private static ChannelGrid Grid(int kind, int n, int c, int s) =>
        kind switch { 0 => ChannelGrid.Plain(n, c, s), 1 => ChannelGrid.ChannelsFirst(n, c, s), _ => ChannelGrid.ChannelsLast(n, c, s) };

    [Theory]
    [InlineData(0, 5, 7, 9)]
    [InlineData(1, 3, 2, 20000)]
    [InlineData(2, 70, 33, 9)]
    [InlineData(2, 40, 150, 30)]
    [InlineData(2, 1000, 64, 20)]
    [InlineData(0, 700, 3, 2)]
    [InlineData(0, 3, 40, 5000)]
    public void AddsUpEachChannelInAnyLayoutWithTheSameBitsEverywhere(int kind, int n, int c, int s)
    {
        ChannelGrid grid = Grid(kind, n, c, s);
        Random random = new(8);
        double[] x = [.. Enumerable.Range(0, n * c * s).Select(_ => random.NextDouble() - 0.5)], expected = new double[c];
        for (int channel = 0; channel < c; channel++)
            for (int run = 0; run < grid.Runs; run++)
                for (int i = 0; i < grid.RunLength; i++) expected[channel] += x[(run * grid.RunStride) + (channel * grid.ChannelStride)
                    + i];
        double[] sums = Everywhere.Same(() =>
        {
            double[] made = new double[c];
            ChannelSums.Run<double>(grid, x, made);
            return made;
        });
        for (int channel = 0; channel < c; channel++) Assert.Equal(expected[channel], sums[channel], 1e-10);
    }

    /// <summary>Equal numbers are rounded alike in every lane, so that nothing cancels.</summary>
    [Theory]
    [InlineData(0, 64, 2, 256)]
    [InlineData(0, 2, 2, 8192)]
    [InlineData(0, 8192, 3, 2)]
    [InlineData(1, 64, 2, 256)]
    [InlineData(2, 64, 3, 256)]
    public void LongSumsKeepTheirDigits(int kind, int n, int c, int s)
    {
        ChannelGrid grid = Grid(kind, n, c, s);
        float[] x = new float[grid.Length], sums = new float[c];
        Array.Fill(x, 0.1f);
        ChannelSums.Run<float>(grid, x, sums);
        double exact = 0.1f * (double)grid.Count;
        foreach (float sum in sums) Assert.InRange((sum - exact) / exact * Math.Pow(2, 24), -32, 32);
    }

    [Fact]
    public void NoNumbersSumToZeroAndWrongLengthsAreRefused()
    {
        double[] sums = [3, 3];
        ChannelSums.Run<double>(ChannelGrid.ChannelsLast(0, 2, 5), [], sums);
        Assert.Equal([0, 0], sums);
        Assert.Contains(
            "5 numbers", Assert.Throws<ArgumentException>(() => ChannelSums.Run<double>(ChannelGrid.Plain(1, 2, 3), new double[5], sums))
            .Message, StringComparison.Ordinal);
        Assert.Contains(
            "3 numbers for 2", Assert.Throws<ArgumentException>(
            () => ChannelSums.Run<double>(ChannelGrid.Plain(1, 2, 3), new double[6], new double[3])).Message, StringComparison.Ordinal);
    }
}
