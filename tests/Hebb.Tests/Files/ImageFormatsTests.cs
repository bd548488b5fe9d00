using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class ImageFormatsTests
{
    [Fact]
    public void TheEndingChoosesTheReader()
    {
        using TestFolder folder = new();
        Image gray = new(2, 1, 1, [3, 4]);
        foreach (string name in (string[])["a.png", "b.PNG", "c"]) Png.Write(folder[name], gray);
        foreach (string name in (string[])["a.pgm", "b.PGM", "c.pnm"]) Pnm.Write(folder[name], gray);
        foreach (string name in folder.Names) Assert.Equal([3, 4], ImageFormats.BuiltIn.Read(folder[name]).Samples.ToArray());
        Assert.Contains("PNG signature", Assert.Throws<FormatException>(() => Named(folder, "a.gif", "GIF89a")).Message,
            StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ImageFormats.BuiltIn.Read(folder["absent.png"]));
    }

    [Fact]
    public void AProgramAddsFormats()
    {
        ImageFormats more = ImageFormats.BuiltIn.With(path => new Image(1, 1, 1, [(byte)path.Length]), ".dot", ".point");
        Assert.Equal([".dot", ".pgm", ".png", ".pnm", ".point", ".ppm"], more.Endings);
        Assert.True(more.Knows("x.DOT") && more.Knows("x.png") && !more.Knows("x.txt") && !ImageFormats.BuiltIn.Knows("x.dot"));
        Assert.Equal(5, more.Read("a.dot").Samples[0]);
    }

    private static Image Named(TestFolder folder, string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return ImageFormats.BuiltIn.Read(folder[name]);
    }
}
