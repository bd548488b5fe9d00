using System.Text;
using Hebb.Files;

namespace Hebb.Tests.Files;

/// <summary>Text files in other encodings than UTF-8, and files that are no texts.</summary>
public class TextBytesTests
{
    private static readonly Encoding[] s_marked = [Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF8];

    private static byte[] Bytes(Encoding encoding, string text) => [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

    [Fact]
    public void Utf16WithItsMarkIsRead()
    {
        string text = "näme,kind 🎬\n" + string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i},映{i % 3}\n"));
        foreach (Encoding encoding in s_marked)
        {
            byte[] bytes = Bytes(encoding, text);
            CsvTable table = Csv.Read(new MemoryStream(bytes), "a.csv");
            Assert.Equal(["näme", "kind 🎬"], table.Names);
            Assert.Equal(40_000, table.RowCount);
            Assert.Equal(["映0", "映1", "映2"], table.Column("kind 🎬").Categories);
            Assert.Equal(text.TrimEnd().Split('\n'), TextLines.Read(new MemoryStream(bytes), "a.txt"));
        }
        using TestFolder folder = new();
        File.WriteAllBytes(folder["a.txt"], Bytes(Encoding.Unicode, "one\r\ntwo"));
        Assert.Equal(["one", "two"], TextLines.Stream(folder["a.txt"]));
    }

    [Fact]
    public void HalfACharacterOfUtf16IsRefused()
    {
        byte[] bytes = [.. Bytes(Encoding.Unicode, "a,b\n1,2\n"), 0x3D, 0xD8];
        Assert.Contains("bytes that are not UTF-16", Message(bytes, "csv"), StringComparison.Ordinal);
        Assert.Contains("bytes that are not UTF-16", Message(bytes, "txt"), StringComparison.Ordinal);
    }

    /// <summary>The line is that of the byte, and not that of the row that was being read.</summary>
    [Theory, InlineData(2), InlineData(900), InlineData(30_000)]
    public void OtherBytesAreNamedWithTheirLine(int line)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(
            "a,b\n" + string.Concat(Enumerable.Range(2, 40_000).Select(i => i == line ? "1,é\n" : "1,2\n")));
        string expected = $"line {line}: found bytes that are not UTF-8, the first e9 ('é' in Latin-1), "
            + "expected text in UTF-8; save the file as UTF-8.";
        Assert.Contains(expected, Message(bytes, "csv"), StringComparison.Ordinal);
        Assert.Contains(expected, Message(bytes, "txt"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u0089PNG\r\n\u001a\n", "a PNG image")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", "a JPEG image")]
    [InlineData("P5\n28 28 255\n", "a PGM or PPM image")]
    [InlineData("GIF89a", "a GIF image")]
    [InlineData("PK\u0003\u0004", "a zip archive")]
    [InlineData("%PDF-1.7\n", "a PDF document")]
    [InlineData("\u007fELF\u0002\u0001\u0000", "binary data or UTF-16 without a mark")]
    [InlineData("a\u0000,\u0000b\u0000", "binary data or UTF-16 without a mark")]
    [InlineData("\u00ff\u00fe\u0000\u0000a\u0000\u0000\u0000", "binary data or UTF-16 without a mark")]
    public void WhatIsNoTextIsCalledByItsKind(string start, string kind)
    {
        byte[] bytes = [.. Encoding.Latin1.GetBytes(start)];
        Assert.Contains($"found {kind}", Message(bytes, "csv"), StringComparison.Ordinal);
        Assert.Contains($"found {kind}", Message(bytes, "txt"), StringComparison.Ordinal);
        if (kind == "a PNG image") return;
        string image = Assert.Throws<FormatException>(() => Png.Read(new MemoryStream(bytes), "a.png")).Message;
        Assert.Contains($"found {kind}", image, StringComparison.Ordinal);
    }

    private static string Message(byte[] bytes, string ending) => Assert.Throws<FormatException>(() =>
    {
        if (ending == "csv") Csv.Read(new MemoryStream(bytes), "a.csv");
        else TextLines.Read(new MemoryStream(bytes), "a.txt");
    }).Message;
}
