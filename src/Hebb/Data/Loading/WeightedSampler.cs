namespace Hebb.Data;

/// <summary>
/// Draws samples with replacement, sample i with probability weight i / sum of weights: for classes of very different sizes.
/// </summary>
public sealed class WeightedSampler : ISampler
{
    private readonly double[] _cumulative;
    private readonly ulong _seed;

    /// <param name="weights">A weight for each sample: finite, not negative, not all zero.</param>
    /// <param name="seed">With the epoch's number it chooses the samples.</param>
    /// <param name="count">How many samples an epoch draws; by default as many as there are weights.</param>
    /// <exception cref="ArgumentException">A weight is negative or not finite, or all are zero.</exception>
    public WeightedSampler(ReadOnlySpan<double> weights, ulong seed, int? count = null)
    {
        _cumulative = new double[weights.Length];
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] >= 0) || !double.IsFinite(sum += weights[i]))
                throw new ArgumentException(
                    $"Weight {i} is {weights[i]}; weights and their sum must be finite and not negative.", nameof(weights));
            _cumulative[i] = sum;
        }

        if (sum == 0) throw new ArgumentException("All weights are 0; give at least one sample a weight.", nameof(weights));
        _seed = seed;
        Count = count ?? weights.Length;
        Argument.AtLeast(Count, 0, nameof(count));
    }

    /// <summary>
    /// Draws every class equally often, however many samples it has:
    /// <c>new DataLoaderOptions { Sampler = WeightedSampler.ByClass(data, seed) }</c>.
    /// </summary>
    /// <param name="data">Samples with classes.</param>
    /// <param name="seed">With the epoch's number it chooses the samples.</param>
    /// <param name="count">How many samples an epoch draws; by default as many as there are.</param>
    /// <exception cref="InvalidOperationException">The samples have no classes.</exception>
    public static WeightedSampler ByClass(IDataset data, ulong seed, int? count = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        data.Target.Require(isClass: true);
        return new WeightedSampler(Balanced(ClassCounts.Classes(data)), seed, count);
    }

    /// <summary>Independent draws in which all samples are equally likely: an epoch may visit some twice and others not at all.</summary>
    /// <param name="samples">How many samples there are, at least 1.</param>
    /// <param name="seed">With the epoch's number it chooses the samples.</param>
    /// <param name="count">How many samples an epoch draws; by default as many as there are.</param>
    public static WeightedSampler Even(int samples, ulong seed, int? count = null)
    {
        Argument.AtLeast(samples, 1);
        double[] weights = Arrays.Of<double>(samples);
        Array.Fill(weights, 1);
        return new WeightedSampler(weights, seed, count);
    }

    /// <summary>Weights that make every class equally likely: 1 / number of samples of the class.</summary>
    /// <param name="classes">The class of each sample.</param>
    public static double[] Balanced(ReadOnlySpan<long> classes)
    {
        Dictionary<long, int> counts = [];
        foreach (long c in classes) counts[c] = counts.GetValueOrDefault(c) + 1;
        double[] weights = new double[classes.Length];
        for (int i = 0; i < weights.Length; i++) weights[i] = 1.0 / counts[classes[i]];
        return weights;
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public void Fill(int epoch, Span<int> order)
    {
        Argument.Room(order, Count);
        RandomStream random = new(_seed, RngStreams.Shuffle, (ulong)epoch);
        for (int i = 0; i < order.Length; i++) order[i] = Find(random.NextDouble() * _cumulative[^1]);
    }

    /// <summary>The first sample whose cumulative weight is above <paramref name="at"/>; samples without weight are never it.</summary>
    private int Find(double at)
    {
        int low = 0, high = _cumulative.Length - 1;
        while (low < high)
        {
            int middle = low + (high - low) / 2;
            if (_cumulative[middle] > at) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
