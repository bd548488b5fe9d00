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
                throw new ArgumentOutOfRangeException(
                    nameof(samples), sample, $"Sample {sample} is not in a set of {whole.Count}; indices go from 0.");
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
    public IReadOnlyList<Field> Fields => Whole.Fields;

    /// <inheritdoc/>
    public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
    {
        Span<int> translated = samples.Length <= OnStack ? stackalloc int[samples.Length] : new int[samples.Length];
        for (int i = 0; i < samples.Length; i++) translated[i] = _samples[samples[i]];
        Whole.Fill(translated, into);
    }

    /// <inheritdoc/>
    public int Length(int sample, Field field) => Whole.Length(_samples[sample], field);
}
