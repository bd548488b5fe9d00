using Hebb.Data;
using Hebb.Files;

namespace Hebb.Tests.Data;

public sealed class ImageEncodingTests
{
    [Fact]
    public void Channels_are_fitted_to_the_given_images_only()
    {
        byte[] pixels = [0, 10, 5, 5, /* second image */ 2, 4, 100, 200, /* third */ 255, 255, 255, 255];
        ImageEncoding encoding = ImageEncoding.Fit(pixels, [0, 1], channels: 2, height: 1, width: 2);
        Assert.Equal([4.0, 77.5], encoding.Scaler.Offsets);
        Assert.Equal(Math.Sqrt((16 + 36 + 4 + 0) / 4.0), encoding.Scaler.Scales[0], 1e-12);
        Assert.Equal([2, 1, 2], encoding.Shape.AsSpan().ToArray());
        Assert.Equal(1, ImageEncoding.Fit([7, 7], [0], 1, 1, 2).Scaler.Scales[0]);
    }

    [Fact]
    public void Pictures_become_inputs_and_other_sizes_only_on_request()
    {
        ImageEncoding color = new(3, 1, 2, 255, Scaler.Identity(3));
        float[] input = new float[6];
        color.Encode(new Image(2, 1, 3, [1, 2, 3, 4, 5, 6]), input);
        Assert.Equal([1f, 4, 2, 5, 3, 6], input);
        color.Encode(new Image(2, 1, 1, [7, 8]), input);
        Assert.Equal([7f, 8, 7, 8, 7, 8], input);

        ImageEncoding gray = new(1, 2, 2, 16, Scaler.Identity(1));
        float[] small = new float[4];
        FormatException error = Assert.Throws<FormatException>(() => gray.Encode(new Image(4, 4, 1, new byte[16]), small));
        Assert.Contains("4 x 4, and the model expects 2 x 2", error.Message, StringComparison.Ordinal);
        gray.Encode(new Image(4, 4, 1, [.. Enumerable.Repeat((byte)255, 16)]), small, fit: true);
        Assert.Equal([16f, 16, 16, 16], small);
    }

    [Fact]
    public void TransparencyLiesOnTheBackgroundBeforeAnythingElse()
    {
        ImageEncoding encoding = new(1, 1, 1, 255, Scaler.Identity(1)) { Background = new Rgb(100, 100, 100), Resizes = true };
        float[] input = new float[1];
        encoding.Encode(new Image(1, 1, 4, [1, 2, 3, 0]), input);
        Assert.Equal([100f], input);
        encoding.Encode(new Image(2, 1, 2, [0, 0, 200, 255]), input); // a clear black pixel must not darken the mean
        Assert.Equal([150f], input);

        // What was saved before there were backgrounds lies on white.
        encoding = ImageEncoding.FromJson("""{"channels":1,"height":1,"width":1,"levels":255,"scaler":{"offsets":[0],"scales":[1]}}""");
        encoding.Encode(new Image(1, 1, 2, [3, 0]), input);
        Assert.Equal([255f], input);
        Assert.Throws<FormatException>(() => encoding.Encode(new Image(2, 1, 1, [3, 0]), new float[1]));
    }

    [Fact]
    public void Json_gives_the_same_encoding_back()
    {
        ImageEncoding encoding = new(3, 32, 32, 255, new Scaler([1, 2, 3], (IReadOnlyList<double>)[4.5, 5, 6]));
        Assert.Equal(encoding, ImageEncoding.FromJson(encoding.ToJson()));
    }

    [Theory]
    [InlineData("{\"channels\":1,\"height\":28,\"width\":28,\"levels\":255}")]
    [InlineData("{\"channels\":2,\"height\":28,\"width\":28,\"levels\":255,\"scaler\":{\"offsets\":[1,1],\"scales\":[1,1]}}")]
    [InlineData("{\"channels\":1,\"height\":28,\"width\":28,\"levels\":255,\"scaler\":{\"offsets\":[1,1],\"scales\":[1,1]}}")]
    [InlineData("{\"channels\":1,\"height\":2000000000,\"width\":28,\"levels\":255,\"scaler\":{\"offsets\":[1],\"scales\":[1]}}")]
    [InlineData("{\"channels\":1,\"height\":28,\"width\":28,\"levels\":255,\"scaler\":null}")]
    public void Bad_json_is_refused(string json) => Assert.Throws<FormatException>(() => ImageEncoding.FromJson(json));
}
