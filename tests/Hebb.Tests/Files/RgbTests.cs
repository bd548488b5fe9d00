using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class RgbTests
{
    [Theory]
    [InlineData("#ff8001", 255, 128, 1)]
    [InlineData("#FFFFFF", 255, 255, 255)]
    [InlineData("0", 0, 0, 0)]
    [InlineData("200", 200, 200, 200)]
    public void AColorIsHexadecimalOrAGrayLevel(string text, int red, int green, int blue)
    {
        Rgb color = Rgb.Parse(text);
        Assert.Equal(((byte)red, (byte)green, (byte)blue), (color.Red, color.Green, color.Blue));
        Assert.Equal(color, Rgb.Parse(color.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("#fff")]
    [InlineData("#ffffff0")]
    [InlineData("#ggffff")]
    [InlineData("# fffff")]
    [InlineData("ffffff")]
    [InlineData("256")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("white")]
    public void OtherTextIsRefused(string text) =>
        Assert.Contains($"'{text}' is no color", Assert.Throws<ArgumentException>(() => Rgb.Parse(text)).Message, StringComparison.Ordinal);
}
