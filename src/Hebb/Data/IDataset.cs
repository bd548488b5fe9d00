namespace Hebb.Data;

/// <summary>
/// Samples that can be fetched by index: an input of a fixed shape, and a class or some numbers. Implementations are immutable, so that
/// several threads may fetch at the same time.
/// </summary>
public interface IDataset
{
    /// <summary>The number of samples.</summary>
    int Count { get; }

    /// <summary>The shape of one input, for example [1, 28, 28] for a grey image (channels, rows, columns) or [13] for a row of a table.</summary>
    Shape InputShape { get; }

    /// <summary>
    /// If inputs are the numbers of tokens, such as words, how many tokens there are: they go from 0 to one less. Null, the default, if inputs are measurements.
    /// </summary>
    int? TokenCount => null;

    /// <summary>What belongs to each input: a class or numbers.</summary>
    Target Target { get; }

    /// <summary>Writes the inputs of the samples, one after the other, row-major.</summary>
    /// <param name="samples">Indices from 0 to <see cref="Count"/> - 1, in any order, repetitions allowed.</param>
    /// <param name="inputs">samples x elements of <see cref="InputShape"/>.</param>
    /// <exception cref="InvalidOperationException">The inputs are numbers of tokens.</exception>
    void FillInputs(ReadOnlySpan<int> samples, Span<float> inputs);

    /// <summary>Writes the tokens of the samples, one sample after the other, for sets with a <see cref="TokenCount"/>.</summary>
    /// <param name="samples">Indices, as in <see cref="FillInputs"/>.</param>
    /// <param name="tokens">samples x elements of <see cref="InputShape"/>.</param>
    /// <exception cref="InvalidOperationException">The inputs are measurements.</exception>
    void FillTokens(ReadOnlySpan<int> samples, Span<long> tokens) =>
        throw new InvalidOperationException("The samples' inputs are measurements, not numbers of tokens; call FillInputs.");

    /// <summary>Writes the class index of each sample.</summary>
    /// <exception cref="InvalidOperationException">The target is numbers.</exception>
    void FillClasses(ReadOnlySpan<int> samples, Span<long> classes);

    /// <summary>Writes the numbers of each sample, as a model learns them: scaled, where the set scales them.</summary>
    /// <param name="samples">Indices, as in <see cref="FillInputs"/>.</param>
    /// <param name="values">samples x <see cref="Target.Width"/>.</param>
    /// <exception cref="InvalidOperationException">The target is a class.</exception>
    void FillValues(ReadOnlySpan<int> samples, Span<float> values);
}
