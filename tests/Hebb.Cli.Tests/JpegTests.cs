using Hebb.Files;

namespace Hebb.Cli.Tests;

public sealed class JpegTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("hebb").FullName, "a.jpg");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Theory, InlineData(false), InlineData(true)]
    public void GrayAndColorAreRead(bool isProgressive)
    {
        Image gray = Read(TestJpeg.Of(2, [0, 77, 128, 255], isProgressive: isProgressive));
        Assert.Equal((16, 16, 1), (gray.Width, gray.Height, gray.Channels));
        for (int y = 0; y < 16; y++)
            for (int x = 0; x < 16; x++)
                Assert.Equal(new[] { 0, 77, 128, 255 }[y / 8 * 2 + x / 8], gray.Samples[y * 16 + x]);

        // R = Y + 1.402 (Cr - 128), G = Y - 0.344136 (Cb - 128) - 0.714136 (Cr - 128), B = Y + 1.772 (Cb - 128).
        Image color = Read(TestJpeg.Of(1, [100, 138, 108], components: 3, isProgressive));
        Assert.Equal((8, 8, 3), (color.Width, color.Height, color.Channels));
        for (int i = 0; i < 64; i++)
            foreach ((int c, double expected) in ((int, double)[])[(0, 71.96), (1, 110.84), (2, 117.72)])
                Assert.Equal(expected, color.Samples[3 * i + c], 1.0);
    }

    [Fact]
    public void BytesAfterTheImageAreLeftAlone() =>
        Assert.Equal(77, Read([.. TestJpeg.Of(1, [77]), 1, 2, 3]).Samples[0]);

    [Theory, InlineData(false), InlineData(true)]
    public void WhatIsCutOffIsRefusedAtEveryByte(bool isProgressive)
    {
        byte[] valid = TestJpeg.Of(3, [1, 250, 3, 180, 5, 6], isProgressive: isProgressive);
        for (int length = 0; length < valid.Length; length++)
            Assert.EndsWith("fetch the file or save the image again.", Refused(valid[..length]), StringComparison.Ordinal);
    }

    [Fact]
    public void OtherFilesAreRefusedInASentence()
    {
        byte[] valid = TestJpeg.Of(1, [77]);
        int frame = valid.AsSpan().IndexOf(new byte[] { 0xFF, 0xC0 });
        Assert.Contains($"'{_path}': found other bytes, expected the start of a JPEG image", Refused("text"u8.ToArray()),
            StringComparison.Ordinal);
        Assert.Contains("a JPEG without an image", Refused([0xFF, 0xD8, 0xFF, 0xD9]), StringComparison.Ordinal);
        Assert.Contains("a JPEG of the kind 3", Refused(With(valid, frame + 1, 0xC3)), StringComparison.Ordinal);
        Assert.Contains("samples of 12 bits", Refused(With(valid, frame + 4, 12)), StringComparison.Ordinal);
        Assert.Contains("an image of 8 x 0", Refused(With(valid, frame + 5, 0, 0)), StringComparison.Ordinal);
        Assert.Contains("an image of 65535 x 65535", Refused(With(valid, frame + 5, 255, 255, 255, 255)), StringComparison.Ordinal);
        Assert.Contains("an image of 8000 x 8000 in", Refused(With(valid, frame + 5, 31, 64, 31, 64)), StringComparison.Ordinal);
        int codes = valid.AsSpan().IndexOf(new byte[] { 0xFF, 0xC4 });
        Assert.Contains("damaged or unknown JPEG segment c4", Refused(With(valid, codes + 5, 3)), StringComparison.Ordinal);
        Assert.Contains("damaged or unknown JPEG segment c4", Refused(With(valid, codes + 4, 0x20)), StringComparison.Ordinal);
        Assert.Contains("damaged or unknown JPEG segment db", Refused(With(valid, 6, 4)), StringComparison.Ordinal);
        Assert.Contains("damaged or unknown JPEG segment c0",
            Refused([.. valid[..codes], .. valid[frame..codes], .. valid[codes..]]), StringComparison.Ordinal);
        int scan = valid.AsSpan().IndexOf(new byte[] { 0xFF, 0xDA });
        Assert.Contains("damaged JPEG data", Refused(With(valid, scan + 5, 9)), StringComparison.Ordinal); // a component that is not there
        Assert.Throws<FileNotFoundException>(() => Jpeg.Read(_path + "x"));
    }

    [Fact]
    public void DamageNeverCrashes()
    {
        Random random = new(20260101);
        int refused = 0;
        for (int round = 0; round < 4000; round++)
        {
            byte[] bytes = TestJpeg.Of(2, [1, 250, 3, 180, 9, 90, 255, 0, 33, 44, 55, 66], round % 2 == 0 ? 1 : 3, round % 4 < 2);
            for (int i = 0; i <= round % 3; i++) bytes[random.Next(2, bytes.Length)] = (byte)random.Next(256);
            try
            {
                Read(bytes);
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 3999);
    }

    private Image Read(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        return Jpeg.Read(_path);
    }

    private string Refused(byte[] bytes) => Assert.Throws<FormatException>(() => Read(bytes)).Message;

    private static byte[] With(byte[] bytes, int at, params byte[] other)
    {
        byte[] copy = [.. bytes];
        other.CopyTo(copy, at);
        return copy;
    }
}
