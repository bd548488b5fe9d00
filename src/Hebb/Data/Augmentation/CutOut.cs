namespace Hebb.Data;

/// <summary>
/// Covers a square of an image [channels, rows, columns] whose middle is any pixel, so that it may reach over the edge (DeVries and Taylor,
/// Improved Regularization of Convolutional Neural Networks with Cutout, 2017).
/// </summary>
/// <param name="Size">Rows and columns of the square.</param>
/// <param name="Fill">What covers it; 0, the mean of standardized images, by default.</param>
public sealed record CutOut(int Size, double Fill = 0) : IAugmentation
{
    /// <summary>What covers the square.</summary>
    public double Fill { get; } = Argument.Finite(Fill);

    /// <summary>Rows and columns of the square.</summary>
    public int Size { get; } = Size >= 1 ? Size
        : throw new ArgumentOutOfRangeException(nameof(Size), $"A square of {Size} pixels was to be covered; give at least 1.");

    /// <inheritdoc/>
    public void Change(Span<float> sample, Shape shape, SampleRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        (int channels, int rows, int columns) = Warp.Images(nameof(CutOut), shape, sample.Length);
        if (sample.Length == 0) return;
        int top = random.Whole(0, rows - 1) - Size / 2, left = random.Whole(0, columns - 1) - Size / 2;
        int first = Math.Max(0, left), count = (int)Math.Min(columns, (long)left + Size) - first;
        for (int c = 0; c < channels && count > 0; c++)
        {
            for (int i = Math.Max(0, top); i < Math.Min(rows, (long)top + Size); i++)
                sample.Slice((c * rows + i) * columns + first, count).Fill((float)Fill);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(CutOut), PrintMembers);
}
