namespace Hebb.Data;

/// <summary>Texts that belong to classes, held in memory as the numbers of their tokens.</summary>
public sealed class TextDataset : IDataset
{
    private readonly int[] _tokens;
    private readonly int[] _classes;

    /// <param name="texts">The texts.</param>
    /// <param name="classes">The class index of each; not copied.</param>
    /// <param name="classNames">The names of the classes.</param>
    /// <param name="encoding">How texts become numbers.</param>
    /// <exception cref="ArgumentException">There is not one class for each text, or a class has no name.</exception>
    public TextDataset(IReadOnlyList<string> texts, int[] classes, IReadOnlyList<string> classNames, TextEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(encoding);
        if (texts.Count != classes.Length) throw new ArgumentException($"{classes.Length} classes were given for {texts.Count} texts; give one for each.", nameof(classes));
        if (classes.AsSpan().ContainsAnyExceptInRange(0, classNames.Count - 1))
            throw new ArgumentException($"There are {classNames.Count} class names, and a text has a class that is none of 0 to {classNames.Count - 1}; correct the classes.", nameof(classes));
        (_classes, Encoding, Target) = (classes, encoding, Target.Classes(classNames));
        _tokens = new int[checked(texts.Count * encoding.Length)];
        long[] one = new long[encoding.Length];
        for (int i = 0; i < texts.Count; i++)
        {
            encoding.Encode(texts[i], one);
            for (int j = 0; j < one.Length; j++) _tokens[i * one.Length + j] = (int)one[j];
        }
    }

    /// <summary>How texts become numbers.</summary>
    public TextEncoding Encoding { get; }

    /// <inheritdoc/>
    public int Count => _classes.Length;

    /// <inheritdoc/>
    public Shape InputShape => [Encoding.Length];

    /// <inheritdoc/>
    public int? TokenCount => Encoding.Vocabulary.Count;

    /// <inheritdoc/>
    public Target Target { get; }

    /// <inheritdoc/>
    public void FillInputs(ReadOnlySpan<int> samples, Span<float> inputs) =>
        throw new InvalidOperationException("The samples' inputs are numbers of tokens, not measurements; call FillTokens.");

    /// <inheritdoc/>
    public void FillTokens(ReadOnlySpan<int> samples, Span<long> tokens)
    {
        int length = Encoding.Length;
        for (int i = 0; i < samples.Length; i++)
        {
            ReadOnlySpan<int> from = _tokens.AsSpan(samples[i] * length, length);
            Span<long> into = tokens.Slice(i * length, length);
            for (int j = 0; j < length; j++) into[j] = from[j];
        }
    }

    /// <inheritdoc/>
    public void FillClasses(ReadOnlySpan<int> samples, Span<long> classes)
    {
        for (int i = 0; i < samples.Length; i++) classes[i] = _classes[samples[i]];
    }

    /// <inheritdoc/>
    public void FillValues(ReadOnlySpan<int> samples, Span<float> values) => Target.Require(isClass: false);
}
