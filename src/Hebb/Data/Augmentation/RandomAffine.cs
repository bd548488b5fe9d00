namespace Hebb.Data;

/// <summary>
/// Turns, scales and shifts images [channels, rows, columns] about their middle,
/// with values between pixels by their distances to the four around.
/// </summary>
/// <param name="Degrees">The most degrees of a turn, each way; 10 by default.</param>
/// <param name="Scale">By how much the size grows or shrinks at most, such as 0.1 for 0.9 to 1.1; 0.1 by default.</param>
/// <param name="Shift">The most pixels of a shift along rows and along columns, each way; 0 by default.</param>
/// <param name="Fill">What comes in at the edges; the nearest pixel if null, which is the default.</param>
public sealed record RandomAffine(double Degrees = 10, double Scale = 0.1, double Shift = 0, double? Fill = null) : IAugmentation
{
    /// <summary>By how much images are turned at most.</summary>
    public double Degrees { get; } = Argument.AtLeast(Degrees, 0);

    /// <summary>By which part of their size images are moved at most.</summary>
    public double Shift { get; } = Argument.AtLeast(Shift, 0);

    /// <summary>What appears at the edges.</summary>
    public double? Fill { get; } = Fill is { } fill ? Argument.Finite(fill, nameof(Fill)) : null;

    /// <summary>By how much the size grows or shrinks at most.</summary>
    public double Scale { get; } = Scale is >= 0 and < 1 ? Scale
        : throw new ArgumentOutOfRangeException(nameof(Scale), $"Images were to be scaled by up to {Scale}; give 0 to below 1.");

    /// <inheritdoc/>
    public void Change(Span<float> sample, Shape shape, SampleRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        (int channels, int rows, int columns) = Warp.Images(nameof(RandomAffine), shape, sample.Length);
        double angle = random.Uniform(-Degrees, Degrees) * (Math.PI / 180), size = 1 + random.Uniform(-Scale, Scale);
        double down = random.Uniform(-Shift, Shift), right = random.Uniform(-Shift, Shift);
        double middleRow = (rows - 1) / 2.0, middleColumn = (columns - 1) / 2.0;
        Turn turn = new(
            Elementary.Cos(angle) / size, Elementary.Sin(angle) / size, middleRow, middleColumn, middleRow + down, middleColumn + right);
        Warp.Run(sample, channels, rows, columns, turn, Fill);
    }

    /// <summary>The way back from a pixel to where it was before the turn.</summary>
    private readonly record struct Turn(
        double Cosine, double Sine, double FromRow, double FromColumn, double ToRow, double ToColumn) : IWarp
    {
        public (double Row, double Column) Source(int row, int column)
        {
            double y = row - ToRow, x = column - ToColumn;
            return (FromRow + Cosine * y - Sine * x, FromColumn + Sine * y + Cosine * x);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(RandomAffine), PrintMembers);
}
