namespace Hebb.Data;

/// <summary>Mirrors images [channels, rows, columns]: left and right with one probability, top and bottom with another.</summary>
/// <param name="Horizontal">How likely left and right are exchanged; 1/2 by default.</param>
/// <param name="Vertical">How likely top and bottom are exchanged; 0 by default.</param>
public sealed record RandomFlip(double Horizontal = 0.5, double Vertical = 0) : IAugmentation
{
    /// <summary>How likely left and right are exchanged.</summary>
    public double Horizontal { get; } = Argument.Within(Horizontal, 0, 1);

    /// <summary>How likely above and below are exchanged.</summary>
    public double Vertical { get; } = Argument.Within(Vertical, 0, 1);

    /// <inheritdoc/>
    public void Change(Span<float> sample, Shape shape, SampleRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        (int channels, int rows, int columns) = Warp.Images(nameof(RandomFlip), shape, sample.Length);
        bool mirrors = random.Chance(Horizontal), turns = random.Chance(Vertical);
        for (int row = 0; mirrors && row < channels * rows; row++) sample.Slice(row * columns, columns).Reverse();
        for (int c = 0; turns && c < channels; c++)
        {
            for (int i = 0; i < rows / 2; i++)
            {
                Span<float> upper = sample.Slice((c * rows + i) * columns, columns),
                    lower = sample.Slice((c * rows + rows - 1 - i) * columns, columns);
                for (int j = 0; j < columns; j++) (upper[j], lower[j]) = (lower[j], upper[j]);
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(RandomFlip), PrintMembers);
}
