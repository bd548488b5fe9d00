namespace Hebb.Data;

/// <summary>
/// Regression by classification: numbers become classes, the bins of a range, and probabilities of classes become numbers again. Values
/// outside the range fall into the end bins.
/// </summary>
public sealed class TargetBins
{
    private readonly double[] _edges;

    /// <summary>Bins with given edges.</summary>
    /// <param name="edges">The borders in rising order, both ends included: one more than bins, at least two.</param>
    /// <exception cref="ArgumentException">There are fewer than two edges, they do not rise, or one is not finite.</exception>
    public TargetBins(params ReadOnlySpan<double> edges)
    {
        bool rises = edges.Length >= 2 && double.IsFinite(edges[0]) && double.IsFinite(edges[^1]);
        for (int i = 1; i < edges.Length; i++) rises &= edges[i] > edges[i - 1];
        if (!rises)
            throw new ArgumentException(
                $"The edges {InvariantText.Join(", ", edges)} were given for bins; give at least two finite numbers in rising order.",
                nameof(edges));
        _edges = edges.ToArray();
    }

    /// <inheritdoc cref="TargetBins(ReadOnlySpan{double})"/>
    public TargetBins(params double[] edges) : this((ReadOnlySpan<double>)edges) { }

    /// <summary>How many bins there are.</summary>
    public int Count => _edges.Length - 1;

    /// <summary>The borders, both ends included.</summary>
    public IReadOnlyList<double> Edges => _edges;

    /// <summary>Bins of equal width over the range of training values.</summary>
    /// <exception cref="ArgumentException">There are no values, or they are all equal.</exception>
    public static TargetBins EqualWidth(ReadOnlySpan<float> values, int count)
    {
        Argument.AtLeast(count, 1);
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (float value in values) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (!(low < high) || !double.IsFinite(high - low))
            throw new ArgumentException(
                $"Bins were asked for {values.Length} values from {low} to {high}; give finite values that differ.", nameof(values));
        double[] edges = [.. Arrays.Of<double>(count), high];
        for (int i = 0; i < count; i++) edges[i] = low + (high - low) * i / count;
        return new TargetBins(edges);
    }

    /// <summary>Which bin a number falls into, from 0; a border belongs to the bin above it, the last to the last bin.</summary>
    /// <exception cref="ArgumentException">It is not a number.</exception>
    public int ClassOf(double value)
    {
        if (double.IsNaN(value))
            throw new ArgumentException(
                "NaN was to be put into one of the bins of a target, but is in none; leave such samples out.", nameof(value));
        int found = Array.BinarySearch(_edges, value);
        return Math.Clamp(found >= 0 ? found : ~found - 1, 0, Count - 1);
    }

    /// <summary>The classes of many numbers, int64 in their shape.</summary>
    /// <exception cref="ArgumentException">One of them is not a number.</exception>
    public Tensor ClassesOf(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] numbers = values.Detach().Cast(DType.Float64).ToArray<double>();
        return Tensor.From(Array.ConvertAll(numbers, number => (long)ClassOf(number)), values.Shape);
    }

    /// <summary>The middle of a bin: the number that stands for a class.</summary>
    public double CenterOf(int bin)
    {
        Argument.Below(bin, 0, Count);
        return _edges[bin] / 2 + _edges[bin + 1] / 2;
    }

    /// <summary>Σ pₖ cₖ over probabilities [..., bins] and the middles of the bins: the expected number, [...].</summary>
    /// <exception cref="ShapeException">The last axis does not hold the bins.</exception>
    public Tensor Expectation(Tensor probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        if (probabilities.Rank == 0 || probabilities.Shape[-1] != Count)
            throw new ShapeException($"Probabilities {probabilities.Spec} were to be decoded by {Count} bins; give [..., {Count}].");
        double[] centers = [.. Enumerable.Range(0, Count).Select(CenterOf)];
        return (probabilities * Tensor.From(centers, [Count]).Cast(probabilities.DType)).Sum(-1);
    }
}
