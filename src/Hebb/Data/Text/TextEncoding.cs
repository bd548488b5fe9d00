namespace Hebb.Data;

/// <summary>
/// How texts become inputs: cut into tokens, numbered by a vocabulary, and brought to one length. It is fitted to the training part of a
/// set and kept with the model, so that other texts become inputs in the same way: tokens that are not in the vocabulary share one number.
/// </summary>
public sealed class TextEncoding
{
    private const double Fitting = 0.995;
    private const int MostByDefault = 512, LongestInput = 1 << 16, MostTokens = 1 << 24;

    /// <param name="tokenizer">What cuts texts into tokens.</param>
    /// <param name="vocabulary">Numbers of tokens, with a padding.</param>
    /// <param name="length">How many tokens an input holds.</param>
    /// <exception cref="ArgumentException">The vocabulary has no padding or is too large, or the length is not allowed.</exception>
    public TextEncoding(ITokenizer tokenizer, Vocabulary vocabulary, int length)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (vocabulary.Padding is null)
            throw new ArgumentException(
                "A text encoding was given a vocabulary without padding; make it with hasPadding.", nameof(vocabulary));
        if (vocabulary.Count > MostTokens)
            throw new ArgumentException(
                $"A text encoding was given a vocabulary of {vocabulary.Count}; give at most {MostTokens} tokens.", nameof(vocabulary));
        if (length is < 1 or > LongestInput)
            throw new ArgumentException($"Inputs of {length} tokens were asked for; take 1 to {LongestInput}.", nameof(length));
        (Tokenizer, Vocabulary, Length) = (tokenizer, vocabulary, length);
    }

    /// <summary>What cuts texts into tokens.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>The numbers of tokens; 0 is the padding.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>How many tokens an input holds.</summary>
    public int Length { get; }

    /// <summary>The vocabulary and the length of some texts.</summary>
    /// <param name="texts">All texts.</param>
    /// <param name="samples">The texts to fit to: the training part.</param>
    /// <param name="options">Tokenizer, rare tokens, length.</param>
    public static TextEncoding Fit(IReadOnlyList<string> texts, ReadOnlySpan<int> samples, TextOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        options ??= new TextOptions();
        List<string[]> tokens = new(samples.Length);
        foreach (int sample in samples) tokens.Add([.. Split(options.Tokenizer, texts[sample])]);
        Vocabulary vocabulary = Vocabulary.Of(tokens, options.Most, options.AtLeast, hasPadding: true);
        int[] lengths = [.. tokens.Select(text => text.Length).Order()];
        int fitting = lengths.Length == 0 ? 1 : lengths[(int)Math.Ceiling(Fitting * lengths.Length) - 1];
        return new TextEncoding(options.Tokenizer, vocabulary, options.Length ?? Math.Clamp(fitting, 1, MostByDefault));
    }

    /// <summary>Turns a text into an input: the numbers of its first <see cref="Length"/> tokens, and the padding behind them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tokens">Receives <see cref="Length"/> numbers.</param>
    public void Encode(string text, Span<long> tokens)
    {
        int count = 0;
        foreach (string token in Split(Tokenizer, text))
        {
            if (count == Length) break;
            tokens[count++] = Vocabulary[token];
        }
        tokens[count..Length].Fill(Vocabulary.Padding!.Value);
    }

    /// <summary>The tokens of a text, none of which is null.</summary>
    private static IEnumerable<string> Split(ITokenizer tokenizer, string text)
    {
        IEnumerable<string> tokens = tokenizer.Split(text) ?? throw Nothing("Split", "the tokens of the text");
        return tokens.Select(token => token ?? throw Nothing("Split for a token", "tokens, or leave it out"));

        InvalidOperationException Nothing(string member, string wanted) => Argument.Nothing($"{tokenizer.GetType().Name}.{member}", wanted);
    }

    /// <summary>Turns texts into a batch of inputs, int64 [texts, length].</summary>
    public Tensor Encode(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        long[] tokens = Arrays.Of<long>(texts.Count, Length);
        for (int i = 0; i < texts.Count; i++) Encode(texts[i], tokens.AsSpan(i * Length, Length));
        return Tensor.From(tokens, [texts.Count, Length]);
    }

    /// <summary>The encoding as JSON.</summary>
    /// <exception cref="ArgumentException">A word is no valid Unicode.</exception>
    public string ToJson() =>
        DataJson.Text(
            new TextEncodingText(Tokenizer.Name, Length, [.. Vocabulary.Words.Skip(Vocabulary.Other + 1)]),
            DataJson.Default.TextEncodingText, "text encoding");

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <param name="tokenizer">The tokenizer, if it is not one of <see cref="Tokenizers"/>.</param>
    /// <exception cref="FormatException">The text is not an encoding, or was written with another tokenizer.</exception>
    public static TextEncoding FromJson(string json, ITokenizer? tokenizer = null)
    {
        TextEncodingText read = DataJson.Read(json, DataJson.Default.TextEncodingText, "text encoding");
        if (tokenizer is not null && tokenizer.Name != read.Tokenizer)
            throw new FormatException($"A text encoding was written with the tokenizer '{read.Tokenizer}' "
                + $"and is to be read with '{tokenizer.Name}'; give the same one.");
        try
        {
            return new TextEncoding(
                tokenizer ?? Tokenizers.Named(read.Tokenizer), new Vocabulary(read.Words, hasPadding: true), read.Length);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"A text encoding contradicts itself: {PlainText.Of(error)}", error);
        }
    }
}

/// <summary>What of a <see cref="TextEncoding"/> is written.</summary>
internal sealed record TextEncodingText(string Tokenizer, int Length, IReadOnlyList<string> Words);
