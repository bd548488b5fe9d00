namespace Hebb.Files;

/// <summary>
/// Tensors from images, and back: the channels of a pixel lie side by side in an image, and one plane after the other in a tensor.
/// </summary>
public static class ImageTensors
{
    /// <summary>
    /// The image of a tensor [rows, columns] or [channels, rows, columns] with 1 to 4 channels. Values are rounded, and those below 0 or
    /// above 255 become 0 or 255, since an image holds no others.
    /// </summary>
    /// <exception cref="ShapeException">The tensor has other axes, no pixels, or no floating-point numbers.</exception>
    /// <exception cref="ArgumentException">A value is NaN, which is no brightness.</exception>
    public static Image From(Tensor pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        int channels = pixels.Rank == 3 ? pixels.Shape[0] : 1;
        if (pixels.Rank is not (2 or 3) || channels is < 1 or > 4 || pixels.Count == 0 || !pixels.DType.IsFloat)
            throw new ShapeException($"An image was asked of {pixels.Spec}; "
                + "give float32 or float64 [rows, columns] or [channels, rows, columns] with 1 to 4 channels.");
        int height = pixels.Shape[-2], width = pixels.Shape[-1], area = height * width;
        double[] values = Numbers(pixels.Detach());
        int missing = Array.FindIndex(values, double.IsNaN);
        if (missing >= 0)
            throw new ArgumentException($"An image was asked of {pixels.Spec} with NaN in row {missing % area / width}, "
                + $"column {missing % width}; give numbers, such as 0 for black.", nameof(pixels));
        byte[] samples = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
            samples[i % area * channels + i / area] = (byte)Math.Round(Math.Clamp(values[i], 0, 255));
        return new Image(width, height, channels, samples);
    }

    extension(Image image)
    {
        /// <summary>The samples as numbers from 0 to 255, [channels, rows, columns].</summary>
        /// <param name="dtype">float32 (the default) or float64.</param>
        public Tensor ToTensor(DType dtype = DType.Float32)
        {
            int area = image.Width * image.Height, channels = image.Channels;
            ReadOnlySpan<byte> samples = image.Samples;
            Shape shape = [channels, image.Height, image.Width];
            if (dtype is not (DType.Float32 or DType.Float64))
                throw new ArgumentException($"An image was to become {dtype}; take Float32 or Float64.", nameof(dtype));
            if (dtype == DType.Float32) return Tensor.From(Planes<float>(samples, channels, area), shape);
            return Tensor.From(Planes<double>(samples, channels, area), shape);
        }
    }

    private static T[] Planes<T>(ReadOnlySpan<byte> samples, int channels, int area) where T : unmanaged, System.Numerics.INumber<T>
    {
        T[] planes = new T[samples.Length];
        for (int i = 0; i < planes.Length; i++) planes[i] = T.CreateTruncating(samples[i % area * channels + i / area]);
        return planes;
    }

    private static double[] Numbers(Tensor x) =>
        x.DType == DType.Float64 ? x.ToArray<double>() : Array.ConvertAll(x.ToArray<float>(), value => (double)value);
}
