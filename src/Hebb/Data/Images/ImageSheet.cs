using Hebb.Files;

namespace Hebb.Data;

/// <summary>Many small pictures side by side on one sheet: the filters of a layer, the channels of its results, patterns, codes.</summary>
public static class ImageSheet
{
    private const int MaxSide = 1 << 14;

    /// <summary>
    /// Lays pictures out row by row. Each is stretched so that its least number is black and its largest white; a flat one is gray.
    /// </summary>
    /// <param name="tiles">
    /// [pictures, rows, columns], or with colors [pictures, 3, rows, columns]; [pictures, 1, rows, columns] is gray too.
    /// </param>
    /// <param name="columns">Pictures in a row; as many as make the sheet about square if left out.</param>
    /// <param name="enlargement">Pixels across and down for each number; 1 by default.</param>
    /// <param name="gap">Black pixels between pictures; 1 by default.</param>
    /// <param name="isShared">Whether one stretch serves all pictures, so that they can be compared; by default each has its own.</param>
    /// <exception cref="ShapeException">
    /// The tensor is no such array of pictures, or the sheet would be larger than 16,384 pixels.
    /// </exception>
    public static Image Of(Tensor tiles, int? columns = null, int enlargement = 1, int gap = 1, bool isShared = false)
    {
        ArgumentNullException.ThrowIfNull(tiles);
        Argument.AtLeast(enlargement, 1);
        Argument.AtLeast(gap, 0);
        bool fits = tiles.Rank == 3 || (tiles.Rank == 4 && tiles.Shape[1] is 1 or 3);
        if (!fits || tiles.Count == 0 || !tiles.DType.IsFloat)
            throw new ShapeException($"A sheet was asked of {tiles.Spec}; "
                + "give float32 or float64 pictures [pictures, rows, columns] or [pictures, 1 or 3, rows, columns].");
        int count = tiles.Shape[0], height = tiles.Shape[-2], width = tiles.Shape[-1], channels = tiles.Rank == 4 ? tiles.Shape[1] : 1;
        int across = columns ?? (int)Math.Ceiling(Math.Sqrt((double)count * height / width));
        Argument.AtLeast(across, 1, nameof(columns));
        across = Math.Min(across, count);
        int down = (count - 1) / across + 1;
        long sheetWidth = Side(across, width), sheetHeight = Side(down, height);
        if (sheetWidth > MaxSide || sheetHeight > MaxSide)
            throw new ShapeException($"A sheet of {tiles.Spec} would have {sheetWidth}x{sheetHeight} pixels; "
                + $"take fewer pictures or a smaller enlargement (at most {MaxSide} pixels a side).");

        double[] values = tiles.Detach().Cast(DType.Float64).ToArray<double>();
        byte[] samples = Arrays.Of<byte>((int)sheetWidth, (int)sheetHeight, channels);
        int length = channels * height * width;
        (double least, double most) = Range(values);
        for (int tile = 0; tile < count; tile++)
        {
            ReadOnlySpan<double> picture = values.AsSpan(tile * length, length);
            if (!isShared) (least, most) = Range(picture);
            int left = tile % across * (width * enlargement + gap), top = tile / across * (height * enlargement + gap);
            for (int i = 0; i < height * enlargement; i++)
            {
                for (int j = 0; j < width * enlargement; j++)
                {
                    int at = ((top + i) * (int)sheetWidth + left + j) * channels;
                    for (int c = 0; c < channels; c++)
                        samples[at + c] = Level(picture[(c * height + i / enlargement) * width + j / enlargement], least, most);
                }
            }
        }
        return new Image((int)sheetWidth, (int)sheetHeight, channels, samples);

        long Side(int pictures, int size) => (long)Int128.Min(pictures * ((Int128)size * enlargement + gap) - gap, long.MaxValue);
    }

    private static (double Least, double Most) Range(ReadOnlySpan<double> values)
    {
        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values)
        {
            if (double.IsFinite(value)) (least, most) = (Math.Min(least, value), Math.Max(most, value));
        }
        return (least, most);
    }

    /// <summary>Gray for a flat picture; what is no number is black, and infinities are the ends.</summary>
    private static byte Level(double value, double least, double most) =>
        double.IsNaN(value) ? (byte)0
        : most > least ? (byte)Math.Round(255 * Math.Clamp((value - least) / (most - least), 0, 1))
        : (byte)128;
}
