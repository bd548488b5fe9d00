namespace Hebb.Data;

/// <summary>Texts that belong to classes, held in memory as the numbers of their tokens.</summary>
public sealed class TextDataset : IDataset
{
    private readonly int[] _tokens, _starts; // without padding, text after text
    private readonly int[] _classes;

    /// <param name="texts">The texts.</param>
    /// <param name="classes">The class index of each.</param>
    /// <param name="classNames">The names of the classes.</param>
    /// <param name="encoding">How texts become numbers.</param>
    /// <exception cref="ArgumentException">There is not one class for each text, or a class has no name.</exception>
    public TextDataset(IReadOnlyList<string> texts, int[] classes, IReadOnlyList<string> classNames, TextEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(encoding);
        if (texts.Count != classes.Length)
            throw new ArgumentException(
                $"{classes.Length} classes were given for {texts.Count} texts; give one for each.", nameof(classes));
        if (classes.AsSpan().ContainsAnyExceptInRange(0, classNames.Count - 1))
            throw new ArgumentException($"There are {classNames.Count} class names, "
                + $"and a text has a class that is none of 0 to {classNames.Count - 1}; correct the classes.", nameof(classes));
        (_classes, Encoding) = ([.. classes], encoding);
        Fields = [Field.Tokens(encoding.Vocabulary.Count, [encoding.Length]), Field.Classes(classNames)];
        _starts = new int[texts.Count + 1];
        List<int> tokens = [];
        long[] one = Arrays.Of<long>(encoding.Length);
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
    public IReadOnlyList<Field> Fields { get; }

    /// <inheritdoc/>
    public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            into.Target<long>(i)[0] = _classes[samples[i]];
            ReadOnlySpan<int> from = _tokens.AsSpan(_starts[samples[i]].._starts[samples[i] + 1]);
            Span<long> tokens = into.Input<long>(i);
            for (int j = 0; j < from.Length; j++) tokens[j] = from[j];
            tokens[from.Length..].Fill(Encoding.Vocabulary.Padding!.Value);
        }
    }
}
