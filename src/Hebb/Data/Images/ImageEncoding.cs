using System.Text.Json.Serialization;
using Hebb.Files;

namespace Hebb.Data;

/// <summary>
/// How images become inputs: their size, and y = (x - offset) / scale for the values of each channel. It is kept with a trained model, so
/// that other images become inputs in the same way.
/// </summary>
/// <param name="Channels">1 gray or 3 red, green, blue.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Levels">The largest value of a pixel: 255, or less for sets with fewer levels.</param>
/// <param name="Scaler">One column for each channel, in units of the pixels' values.</param>
public sealed record ImageEncoding(int Channels, int Height, int Width, int Levels, Scaler Scaler)
{
    /// <summary>The most rows and columns of an image.</summary>
    public const int MaxSide = 1 << 14;

    /// <summary>Whether images of another size are resized, as those of training were. Default: they are refused.</summary>
    public bool Resizes { get; init; }

    /// <summary>What shows through the transparent pixels of images; null is white.</summary>
    public Rgb? Background { get; init; }

    /// <summary>[channels, rows, columns]</summary>
    [JsonIgnore]
    public Shape Shape => [Channels, Height, Width];

    /// <summary>Mean 0 and variance 1 in each channel over all pixels of the given images.</summary>
    /// <param name="pixels">All images, each [channels, height, width].</param>
    /// <param name="samples">The images to fit to: the training part.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="levels">The largest value of a pixel.</param>
    public static ImageEncoding Fit(
        ReadOnlySpan<byte> pixels, ReadOnlySpan<int> samples, int channels, int height, int width, int levels = 255)
    {
        int area = height * width;
        Shape image = [channels, height, width];
        foreach (int sample in samples)
        {
            if (sample < 0 || (sample + 1L) * image.Count > pixels.Length)
                throw new ArgumentOutOfRangeException(
                    nameof(samples), $"Image {sample} of shape {image} was asked of {pixels.Length} pixels; images are counted from 0.");
        }
        double[] offsets = Arrays.Of<double>(channels), scales = Arrays.Of<double>(channels);
        for (int channel = 0; channel < channels; channel++)
        {
            long sum = 0, squares = 0; // whole numbers: exact in any order
            foreach (int sample in samples)
            {
                foreach (byte pixel in pixels.Slice((sample * channels + channel) * area, area))
                {
                    sum += pixel;
                    squares += pixel * pixel;
                }
            }

            double count = Math.Max(1, (double)samples.Length * area), mean = sum / count, variance = squares / count - mean * mean;
            offsets[channel] = mean;
            scales[channel] = variance > 0 ? Math.Sqrt(variance) : 1;
        }

        return new ImageEncoding(channels, height, width, levels, new Scaler(offsets, (IReadOnlyList<double>)scales));
    }

    /// <summary>Turns one image into an input.</summary>
    /// <param name="image">
    /// The image; what is transparent lies on <see cref="Background"/>, and colors become gray, or gray colors, as the encoding has it.
    /// </param>
    /// <param name="input">Receives channels x height x width numbers.</param>
    /// <param name="fit">Whether an image of another size is resized even if the encoding does not; otherwise it is refused.</param>
    /// <exception cref="FormatException">The image has another size and is not to be resized.</exception>
    public void Encode(Image image, Span<float> input, bool fit = false)
    {
        ArgumentNullException.ThrowIfNull(image);
        image = image.Over(Background ?? Rgb.White);
        if (image.Width != Width || image.Height != Height)
        {
            image = fit || Resizes
                ? image.Resize(Width, Height)
                : throw new FormatException($"The image is {image.Width} x {image.Height}, and the model expects {Width} x {Height}; "
                    + "resize it or ask for it to be fitted.");
        }

        image = Channels == 1 ? image.ToGray() : image.ToRgb();
        for (int i = 0; i < input.Length; i++)
        {
            int channel = i / (Height * Width), pixel = i % (Height * Width);
            input[i] = (float)Scaler.Transform(image.Samples[pixel * Channels + channel] * Levels / 255.0, channel);
        }
    }

    /// <summary>The encoding as JSON.</summary>
    /// <exception cref="InvalidOperationException">The parts do not fit together.</exception>
    public string ToJson() => IsSound ? DataJson.Text(this, DataJson.Default.ImageEncoding, "image encoding")
        : throw new InvalidOperationException($"{this} contradicts itself and cannot be kept; give 1 or 3 channels, 1 to {MaxSide} rows "
            + "and columns, 1 to 255 levels, and a scaler of the channels.");

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not an encoding.</exception>
    public static ImageEncoding FromJson(string json)
    {
        ImageEncoding encoding = DataJson.Read(json, DataJson.Default.ImageEncoding, "image encoding");
        return encoding.IsSound ? encoding : throw new FormatException("An image encoding contradicts itself; save the model again.");
    }

    /// <summary>Whether it is one that can be kept and read again.</summary>
    private bool IsSound => this is
    { Channels: 1 or 3, Height: > 0 and <= MaxSide, Width: > 0 and <= MaxSide, Levels: > 0 and <= 255, Scaler: not null }
        && Scaler.Width == Channels;

    /// <summary>The input value of each pixel value, channel after channel: 256 of each.</summary>
    internal float[] Table()
    {
        float[] table = Arrays.Of<float>(Channels, 256);
        for (int i = 0; i < table.Length; i++) table[i] = (float)Scaler.Transform(i % 256, i / 256);
        return table;
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(ImageEncoding), PrintMembers);
}
