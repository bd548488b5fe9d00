namespace Hebb.Data;

/// <summary>Texts that belong to classes, held in memory as the numbers of their tokens.</summary>
public sealed class TextDataset : IDataset
{
    private readonly int[] _tokens, _starts; // without padding, text after text
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
        _starts = new int[texts.Count + 1];
        List<int> tokens = [];
        long[] one = new long[encoding.Length];
        for (int i = 0; i < texts.Count; i++)
        {
            encoding.Encode(texts[i], one);
            int count = one.AsSpan().IndexOf(encoding.Vocabulary.Padding!.Value);
            for (int j = 0; j < (count < 0 ? one.Length : count); j++) tokens.Add((int)one[j]);
            _starts[i + 1] = tokens.Count;
        }
        _tokens = [.. tokens];
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
            ReadOnlySpan<int> from = _tokens.AsSpan(_starts[samples[i]].._starts[samples[i] + 1]);
            Span<long> into = tokens.Slice(i * length, length);
            for (int j = 0; j < from.Length; j++) into[j] = from[j];
            into[from.Length..].Fill(Encoding.Vocabulary.Padding!.Value);
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
