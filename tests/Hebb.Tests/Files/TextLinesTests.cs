using System.Text;
using Hebb.Files;

namespace Hebb.Tests.Files;

public class TextLinesTests
{
    private static IReadOnlyList<string> Read(byte[] bytes, long limit = 1 << 20) =>
        TextLines.Read(new MemoryStream(bytes), "a.txt", limit);

    private static string Error(byte[] bytes, long limit = 1 << 20) => Assert.Throws<FormatException>(() => Read(bytes, limit)).Message;

    [Theory]
    [InlineData("one\ntwo\n")]
    [InlineData("one\r\ntwo")]
    [InlineData("one\rtwo\r")]
    [InlineData("\r\r\n\rone\n\r\ntwo")]
    [InlineData("\uFEFFone\n\n \t\r\ntwo\n\n")]
    public void Lines_end_in_either_way_and_white_ones_are_left_out(string text)
    {
        Assert.Equal(["one", "two"], Read(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(["one", "two"], Read(TestGzip.Pack(Encoding.UTF8.GetBytes(text))));
    }

    /// <summary>Lines are counted alike whatever ends them, also where the two characters of an end lie in two blocks.</summary>
    [Theory, InlineData("\n"), InlineData("\r"), InlineData("\r\n")]
    public void Lines_are_counted_by_their_ends(string end)
    {
        byte[] before = Encoding.UTF8.GetBytes(new string('a', (1 << 16) - 1) + end + end + "b" + end);
        Assert.Contains("line 4: found bytes", Error([.. before, 0xE9]), StringComparison.Ordinal);
        Assert.Equal(2, Read(before).Count);
    }

    [Fact]
    public void Text_is_utf8()
    {
        Assert.Equal(["naïve – 映画 🎬"], Read("naïve – 映画 🎬"u8.ToArray()));
        Assert.Contains(
            "'a.txt' line 2: found bytes that are not UTF-8, the first e9 ('é' in Latin-1)",
            Error([(byte)'a', (byte)'\n', 0xE9, (byte)'\n']), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_text_or_too_long_is_refused()
    {
        Assert.Contains("line 1: found no text", Error([]), StringComparison.Ordinal);
        Assert.Contains("line 2: found a character of value 0 (NUL)", Error([.. Enumerable.Repeat((byte)'a', 70), .. "\nb\0\n"u8]),
            StringComparison.Ordinal);
        Assert.Contains("line 1: found no text", Error("\n \n"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains(
            $"line 2: found more than {TextLines.LongestLine} bytes",
            Error([(byte)'a', (byte)'\n', .. Enumerable.Repeat((byte)'b', TextLines.LongestLine + 1)], 1 << 22), StringComparison.Ordinal);
        Assert.Contains("expected at most 3", Error("four"u8.ToArray(), 3), StringComparison.Ordinal);
        ReaderFuzz.Refused(TestGzip.Bomb("text"u8, 64), stream => TextLines.Read(stream, "a.txt.gz", 1 << 20));
        Assert.Throws<FileNotFoundException>(() => TextLines.Read("no-such-file.txt"));
    }

    [Fact]
    public void Damaged_files_are_read_or_refused() =>
        Assert.True(ReaderFuzz.Run(
        TestGzip.Pack(Encoding.UTF8.GetBytes("une fête\nnoël\n")), stream => TextLines.Read(stream, "a.txt"), rounds: 500) > 0);
}
