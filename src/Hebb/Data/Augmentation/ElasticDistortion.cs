namespace Hebb.Data;

/// <summary>
/// Bends images [channels, rows, columns] as if they were drawn on rubber: the knots of a grid move at random, and pixels between them as
/// the four around do (after Simard, Steinkraus and Platt, Best Practices for Convolutional Neural Networks, 2003).
/// </summary>
/// <param name="Pixels">The standard deviation of a knot's move along rows and along columns; 1 by default.</param>
/// <param name="Knots">The knots along each side, at least 2; 4 by default. More knots bend finer.</param>
/// <param name="Fill">What comes in at the edges; the nearest pixel if null, which is the default.</param>
public sealed record ElasticDistortion(double Pixels = 1, int Knots = 4, double? Fill = null) : IAugmentation
{
    /// <summary>By how many pixels knots are moved.</summary>
    public double Pixels { get; } = Argument.AtLeast(Pixels, 0);

    /// <summary>What appears at the edges.</summary>
    public double? Fill { get; } = Fill is { } fill ? Argument.Finite(fill, nameof(Fill)) : null;

    /// <summary>The knots along each side.</summary>
    public int Knots { get; } = Knots >= 2 ? Knots
        : throw new ArgumentOutOfRangeException(nameof(Knots), $"A grid of {Knots} knots was asked for; give at least 2.");

    /// <inheritdoc/>
    public void Change(Span<float> sample, Shape shape, SampleRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        (int channels, int rows, int columns) = Warp.Images(nameof(ElasticDistortion), shape, sample.Length);
        double[] moves = Arrays.Of<double>(2, Knots, Knots);
        for (int i = 0; i < moves.Length; i++) moves[i] = Pixels * random.Normal();
        double perRow = (Knots - 1) / Math.Max(1.0, rows - 1), perColumn = (Knots - 1) / Math.Max(1.0, columns - 1);
        Warp.Run(sample, channels, rows, columns, new Bend(moves, Knots, perRow, perColumn), Fill);
    }

    private readonly struct Bend(double[] moves, int knots, double perRow, double perColumn) : IWarp
    {
        public (double Row, double Column) Source(int row, int column)
        {
            double y = row * perRow, x = column * perColumn;
            int top = Math.Min((int)y, knots - 2), left = Math.Min((int)x, knots - 2), at = top * knots + left;
            (double down, double right) = (y - top, x - left);
            return (row + Between(at, down, right), column + Between(knots * knots + at, down, right));
        }

        private double Between(int at, double down, double right) =>
            (moves[at] * (1 - right) + moves[at + 1] * right) * (1 - down)
            + (moves[at + knots] * (1 - right) + moves[at + knots + 1] * right) * down;
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(ElasticDistortion), PrintMembers);
}
