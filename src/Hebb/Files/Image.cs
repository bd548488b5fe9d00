namespace Hebb.Files;

/// <summary>An image of 8-bit samples, row by row from the top, the channels of a pixel side by side.</summary>
/// <remarks>Channels: 1 gray, 2 gray and alpha, 3 red green blue, 4 red green blue alpha.</remarks>
public sealed class Image
{
    private readonly byte[] _samples;

    /// <summary>Takes over <paramref name="samples"/> without a copy.</summary>
    /// <param name="width">Pixels across, at least 1.</param>
    /// <param name="height">Pixels down, at least 1.</param>
    /// <param name="channels">1 to 4.</param>
    /// <param name="samples">height x width x channels samples; leave the array alone afterwards.</param>
    /// <exception cref="ArgumentException">The number of samples does not fit.</exception>
    public Image(int width, int height, int channels, byte[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        Argument.Above(width, 0);
        Argument.Above(height, 0);
        Argument.Within(channels, 1, 4);
        if (samples.Length != (long)width * height * channels)
        {
            throw new ArgumentException(
                $"{samples.Length} samples do not fill {width} x {height} x {channels}; pass {(long)width * height * channels}.",
                nameof(samples));
        }

        Width = width;
        Height = height;
        Channels = channels;
        _samples = samples;
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>Samples of one pixel: 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha.</summary>
    public int Channels { get; }

    /// <summary>height x width x channels samples.</summary>
    public ReadOnlySpan<byte> Samples => _samples;

    /// <summary>
    /// The image as it looks before a color: y = (a x + (255 - a) b) / 255, rounded, for a pixel x of opacity a and the background b. What
    /// was gray stays gray before a gray one. An image without alpha returns itself.
    /// </summary>
    /// <param name="background">What shows through.</param>
    public Image Over(Rgb background)
    {
        if (Channels is 1 or 3) return this;
        int colors = Channels == 2 && background.IsGray ? 1 : 3;
        ReadOnlySpan<byte> behind = [background.Red, background.Green, background.Blue];
        byte[] opaque = Arrays.Of<byte>(Width, Height, colors);
        for (int i = 0; i < Width * Height; i++)
        {
            ReadOnlySpan<byte> pixel = _samples.AsSpan(i * Channels, Channels);
            int alpha = pixel[^1];
            for (int c = 0; c < colors; c++)
                opaque[colors * i + c] = (byte)((alpha * pixel[Channels == 2 ? 0 : c] + (255 - alpha) * behind[c] + 127) / 255);
        }

        return new Image(Width, Height, colors, opaque);
    }

    /// <summary>
    /// y = 0.299 r + 0.587 g + 0.114 b, rounded (ITU-R BT.601); what is transparent lies on white (<see cref="Over"/> takes another color).
    /// A gray image returns itself.
    /// </summary>
    public Image ToGray()
    {
        if (Channels == 1) return this;
        if (Channels != 3) return Over(Rgb.White).ToGray();
        byte[] gray = new byte[Width * Height];
        for (int i = 0; i < gray.Length; i++)
        {
            ReadOnlySpan<byte> pixel = _samples.AsSpan(i * 3, 3);
            gray[i] = (byte)((299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2] + 500) / 1000);
        }

        return new Image(Width, Height, 1, gray);
    }

    /// <summary>
    /// Red, green and blue of every pixel; gray is repeated, and what is transparent lies on white (<see cref="Over"/> takes another
    /// color). An RGB image returns itself.
    /// </summary>
    public Image ToRgb()
    {
        if (Channels == 3) return this;
        if (Channels != 1) return Over(Rgb.White).ToRgb();
        byte[] rgb = Arrays.Of<byte>(Width, Height, 3);
        for (int i = 0; i < Width * Height; i++) rgb.AsSpan(3 * i, 3).Fill(_samples[i]);
        return new Image(Width, Height, 3, rgb);
    }

    /// <summary>255 - y for every sample but alpha: dark on light becomes light on dark.</summary>
    public Image Invert()
    {
        byte[] inverted = _samples.AsSpan().ToArray();
        int colors = Channels - (Channels % 2 == 0 ? 1 : 0);
        for (int i = 0; i < inverted.Length; i++)
            if (i % Channels < colors) inverted[i] = (byte)(255 - inverted[i]);
        return new Image(Width, Height, Channels, inverted);
    }

    /// <summary>
    /// Another size. Each new pixel is the mean of the area that it covers in the old image, and between pixels the image is taken to be
    /// linear, so that both enlarging and shrinking are smooth.
    /// </summary>
    /// <param name="width">New pixels across, at least 1.</param>
    /// <param name="height">New pixels down, at least 1.</param>
    public Image Resize(int width, int height)
    {
        Argument.Above(width, 0);
        Argument.Above(height, 0);
        // Both steps at once are refused before the first is done.
        byte[] resized = Arrays.Of<byte>(width, height, Channels);
        float[] across = Resample(Array.ConvertAll(_samples, sample => (float)sample), Height, Width, width, Channels);
        float[] down = Resample(across, 1, Height, height, width * Channels);
        for (int i = 0; i < resized.Length; i++) resized[i] = (byte)Math.Clamp(down[i] + 0.5f, 0, 255);
        return new Image(width, height, Channels, resized);
    }

    /// <summary>
    /// Resamples the middle axis of [outer, from, inner] with a triangle as wide as the larger of an old and a new pixel.
    /// </summary>
    private static float[] Resample(float[] values, int outer, int from, int to, int inner)
    {
        float[] result = Arrays.Of<float>(outer, to, inner);
        double scale = (double)from / to, radius = Math.Max(1, scale);
        for (int t = 0; t < to; t++)
        {
            double center = (t + 0.5) * scale - 0.5;
            int first = Math.Max(0, (int)Math.Ceiling(center - radius)), last = Math.Min(from - 1, (int)Math.Floor(center + radius));
            double total = 0;
            for (int f = first; f <= last; f++) total += Math.Max(0, 1 - Math.Abs(f - center) / radius);
            for (int f = first; f <= last; f++)
            {
                float weight = (float)(Math.Max(0, 1 - Math.Abs(f - center) / radius) / total);
                for (int o = 0; o < outer; o++)
                {
                    ReadOnlySpan<float> source = values.AsSpan((o * from + f) * inner, inner);
                    Span<float> target = result.AsSpan((o * to + t) * inner, inner);
                    for (int i = 0; i < inner; i++) target[i] += weight * source[i];
                }
            }
        }

        return result;
    }

    /// <summary>Such as <c>Image(28 x 20, 3 channels)</c>.</summary>
    public override string ToString() => $"Image({Width} x {Height}, {Channels} channel{(Channels == 1 ? "" : "s")})";
}
