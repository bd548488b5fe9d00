using Hebb.Files;

namespace Hebb.Data;

/// <summary>Images held in memory as bytes, which become numbers as they are fetched: a quarter of the memory of floats.</summary>
public sealed class ImageDataset : IDataset
{
    private readonly byte[] _pixels;
    private readonly byte[] _classes;
    private readonly float[] _table;

    /// <param name="pixels">All images, each [channels, height, width]; not copied, so leave the array alone afterwards.</param>
    /// <param name="classes">The class index of each image.</param>
    /// <param name="classNames">The names of the classes.</param>
    /// <param name="encoding">Size, and how pixels become numbers.</param>
    /// <exception cref="ArgumentException">
    /// The pixels do not fit the size or exceed the levels of the encoding, or a class has no name.
    /// </exception>
    public ImageDataset(byte[] pixels, byte[] classes, IReadOnlyList<string> classNames, ImageEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(encoding);
        if (pixels.Length != (long)classes.Length * encoding.Shape.Count)
            throw new ArgumentException($"{pixels.Length} bytes do not hold {classes.Length} images of {encoding.Shape}; "
                + $"pass {(long)classes.Length * encoding.Shape.Count}.");
        if (classNames.Count is 0 or > 256 || classes.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(classNames.Count - 1)))
            throw new ArgumentException($"There are {classNames.Count} class names, "
                + $"and classes must be 0 to {classNames.Count - 1} and at most 255; correct the labels.");
        int over = pixels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)Math.Clamp(encoding.Levels, 0, 255));
        if (over >= 0)
            throw new ArgumentException(
                $"The pixel at {over} is {pixels[over]}, and the encoding has levels to {encoding.Levels}; "
                + "give the encoding of these images.");
        _pixels = pixels;
        _classes = [.. classes];
        _table = encoding.Table();
        Encoding = encoding;
        Fields = [Field.Input(encoding.Shape), Field.Classes(classNames)];
    }

    /// <summary>Size, and how pixels become numbers.</summary>
    public ImageEncoding Encoding { get; }

    /// <inheritdoc/>
    public int Count => _classes.Length;

    /// <inheritdoc/>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>One image as it was, for showing it.</summary>
    public Image Picture(int sample)
    {
        int area = Encoding.Height * Encoding.Width, channels = Encoding.Channels;
        byte[] samples = new byte[area * channels];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (byte)(_pixels[sample * samples.Length + i % channels * area + i / channels] * 255 / Encoding.Levels);
        return new Image(Encoding.Width, Encoding.Height, channels, samples);
    }

    /// <inheritdoc/>
    public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
    {
        bool wantsInputs = into.Wants(Field.InputName);
        for (int i = 0; i < samples.Length; i++)
        {
            into.Target<long>(i)[0] = _classes[samples[i]];
            if (wantsInputs) Encode(samples[i], into.Input<float>(i));
        }
    }

    private void Encode(int sample, Span<float> input)
    {
        int area = Encoding.Height * Encoding.Width;
        for (int channel = 0; channel < Encoding.Channels; channel++)
        {
            ReadOnlySpan<byte> from = _pixels.AsSpan(sample * input.Length + channel * area, area);
            ReadOnlySpan<float> table = _table.AsSpan(channel * 256, 256);
            Span<float> into = input.Slice(channel * area, area);
            for (int p = 0; p < from.Length; p++) into[p] = table[from[p]];
        }
    }
}
