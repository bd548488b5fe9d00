namespace Hebb.Data;

/// <summary>Some samples of another data set, in a given order, for example the validating part.</summary>
public sealed class Subset : IDataset
{
    private const int OnStack = 1024; // batches up to this length cost no allocation

    private readonly int[] _samples;

    /// <param name="whole">The set to take from.</param>
    /// <param name="samples">Indices into it, in any order, repetitions allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is not in the set.</exception>
    public Subset(IDataset whole, ReadOnlySpan<int> samples)
    {
        ArgumentNullException.ThrowIfNull(whole);
        foreach (int sample in samples)
        {
            if ((uint)sample >= (uint)whole.Count)
                throw new ArgumentOutOfRangeException(nameof(samples), sample, $"Sample {sample} is not in a set of {whole.Count}; indices go from 0.");
        }

        Whole = whole;
        _samples = samples.ToArray();
    }

    /// <summary>The set that the samples are taken from.</summary>
    public IDataset Whole { get; }

    /// <summary>The indices into <see cref="Whole"/>.</summary>
    public ReadOnlySpan<int> Samples => _samples;

    /// <inheritdoc/>
    public int Count => _samples.Length;

    /// <inheritdoc/>
    public Shape InputShape => Whole.InputShape;

    /// <inheritdoc/>
    public int? TokenCount => Whole.TokenCount;

    /// <inheritdoc/>
    public Target Target => Whole.Target;

    /// <inheritdoc/>
    public void FillInputs(ReadOnlySpan<int> samples, Span<float> inputs) =>
        Whole.FillInputs(Translate(samples, samples.Length <= OnStack ? stackalloc int[samples.Length] : new int[samples.Length]), inputs);

    /// <inheritdoc/>
    public void FillTokens(ReadOnlySpan<int> samples, Span<long> tokens) =>
        Whole.FillTokens(Translate(samples, samples.Length <= OnStack ? stackalloc int[samples.Length] : new int[samples.Length]), tokens);

    /// <inheritdoc/>
    public void FillClasses(ReadOnlySpan<int> samples, Span<long> classes) =>
        Whole.FillClasses(Translate(samples, samples.Length <= OnStack ? stackalloc int[samples.Length] : new int[samples.Length]), classes);

    /// <inheritdoc/>
    public void FillValues(ReadOnlySpan<int> samples, Span<float> values) =>
        Whole.FillValues(Translate(samples, samples.Length <= OnStack ? stackalloc int[samples.Length] : new int[samples.Length]), values);

    private Span<int> Translate(ReadOnlySpan<int> samples, Span<int> translated)
    {
        for (int i = 0; i < samples.Length; i++) translated[i] = _samples[samples[i]];
        return translated;
    }
}
