using System.Text;
using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class PnmTests
{
    [Fact]
    public void Gray_and_color_survive_a_round_trip()
    {
        using TestFolder folder = new();
        foreach (int channels in (int[])[1, 3])
        {
            byte[] samples = new byte[4 * 3 * channels];
            new Random(1).NextBytes(samples);
            Pnm.Write(folder["a.pnm"], new Image(4, 3, channels, samples));
            Image read = Pnm.Read(folder["a.pnm"]);
            Assert.Equal((4, 3, channels), (read.Width, read.Height, read.Channels));
            Assert.Equal(samples, read.Samples.ToArray());
        }

        Assert.Throws<ArgumentException>(() => Pnm.Write(folder["b.pnm"], new Image(1, 1, 4, new byte[4])));
        Assert.Equal(["a.pnm"], folder.Names);
    }

    [Fact]
    public void Comments_and_other_numbers_of_levels_are_read() =>
        Assert.Equal([0, 128, 255], Pnm.Read(File("P5 # a comment 9\n# another\n3\t1\r\n 4\n", [0, 2, 4]), "x").Samples.ToArray());

    [Theory]
    [InlineData("P4\n1 1\n255\n", "P5 or P6")]
    [InlineData("P5\n0 1\n255\n", "width")]
    [InlineData("P5\n1 x\n255\n", "height")]
    [InlineData("P5\n1 1\n65535\n", "levels")]
    [InlineData("P5\n1 99999999999\n255\n", "height")]
    [InlineData("P5\n2000000000 2000000000\n255\n", "memory")]
    [InlineData("P5\n20000 20000\n255\n", "cut off")]
    [InlineData("P5\n2 1\n255\n", "more bytes")]
    [InlineData("P5\n2 #", "cut off")]
    public void Headers_that_lie_are_refused(string header, string part) =>
        Assert.Contains(part, ReaderFuzz.Refused(File(header, [1, 2, 3]).ToArray(), Read), StringComparison.Ordinal);

    [Fact]
    public void A_sample_above_the_highest_level_is_refused() => Assert.Contains("at byte 11: found the sample 122, expected at most 10",
        ReaderFuzz.Refused(File("P5 2 1 10\n", [10, 122]).ToArray(), Read), StringComparison.Ordinal);

    [Fact]
    public void Fuzz() => ReaderFuzz.Run(File("P6\n3 2\n255\n", new byte[18]).ToArray(), Read);

    private static void Read(Stream stream) => Pnm.Read(stream, "x");

    private static MemoryStream File(string header, byte[] samples) => new([.. Encoding.ASCII.GetBytes(header), .. samples]);
}
