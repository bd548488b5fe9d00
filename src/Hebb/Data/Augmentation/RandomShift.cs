namespace Hebb.Data;

/// <summary>
/// Shifts images [channels, rows, columns] by whole pixels, up to some each way: what cutting a random piece out of the padded image does.
/// </summary>
/// <param name="Pixels">The most pixels up, down, left or right; 2 by default.</param>
/// <param name="Fill">What comes in at the edges; the nearest pixel if null, which is the default.</param>
public sealed record RandomShift(int Pixels = 2, double? Fill = null) : IAugmentation
{
    /// <summary>What appears at the edges.</summary>
    public double? Fill { get; } = Fill is { } fill ? Argument.Finite(fill, nameof(Fill)) : null;

    /// <summary>The most pixels each way.</summary>
    public int Pixels { get; } = Pixels >= 0 ? Pixels
        : throw new ArgumentOutOfRangeException(nameof(Pixels), $"A shift by {Pixels} pixels was asked for; give 0 or more.");

    /// <inheritdoc/>
    public void Change(Span<float> sample, Shape shape, SampleRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        (int channels, int rows, int columns) = Warp.Images(nameof(RandomShift), shape, sample.Length);
        Shift shift = new(random.Whole(-Pixels, Pixels), random.Whole(-Pixels, Pixels));
        if (shift != default) Warp.Run(sample, channels, rows, columns, shift, Fill);
    }

    private readonly record struct Shift(int Down, int Right) : IWarp
    {
        public (double Row, double Column) Source(int row, int column) => ((double)row - Down, (double)column - Right);
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(RandomShift), PrintMembers);
}
