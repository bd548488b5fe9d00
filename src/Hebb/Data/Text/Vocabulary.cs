namespace Hebb.Data;

/// <summary>
/// The numbers of words: the most frequent words of a text, each with its own, and one number for all others. Numbers go from 0, as
/// embeddings and one-hot inputs take them: the padding if there is one, then the other words, then the frequent ones.
/// </summary>
public sealed class Vocabulary
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly string[] _words;

    /// <summary>A vocabulary of given words.</summary>
    /// <param name="words">The words that have numbers of their own, in order; each once.</param>
    /// <param name="hasPadding">Whether number 0 stands for no word, which fills short texts up; false by default.</param>
    /// <exception cref="ArgumentException">A word stands there twice.</exception>
    public Vocabulary(IEnumerable<string> words, bool hasPadding = false)
    {
        ArgumentNullException.ThrowIfNull(words);
        Padding = hasPadding ? 0 : null;
        Other = hasPadding ? 1 : 0;
        _words = hasPadding ? ["<padding>", "<other>", .. words] : ["<other>", .. words];
        for (int i = Other + 1; i < _words.Length; i++)
        {
            if (!_numbers.TryAdd(_words[i], i))
                throw new ArgumentException($"The word '{_words[i]}' was given to a vocabulary twice; give each once.", nameof(words));
        }
    }

    /// <summary>How many numbers there are, those of other words and of the padding included.</summary>
    public int Count => _words.Length;

    /// <summary>The number of all words without one of their own.</summary>
    public int Other { get; }

    /// <summary>The number that fills short texts up; null if there is none.</summary>
    public int? Padding { get; }

    /// <summary>The words by number.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The number of a word; <see cref="Other"/> if it has none of its own.</summary>
    public int this[string word] => _numbers.GetValueOrDefault(word, Other);

    /// <summary>
    /// The vocabulary of some texts: their most frequent words, of equally frequent ones those
    /// that come first in the order of their code points.
    /// </summary>
    /// <param name="texts">The texts, each a sequence of words.</param>
    /// <param name="most">How many words have numbers of their own at most; all by default.</param>
    /// <param name="atLeast">How often a word must occur; once by default.</param>
    /// <param name="hasPadding">Whether number 0 stands for no word; false by default.</param>
    public static Vocabulary Of(IEnumerable<IEnumerable<string>> texts, int most = int.MaxValue, int atLeast = 1, bool hasPadding = false)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Argument.AtLeast(most, 0);
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (string word in texts.SelectMany(text => text)) counts[word] = counts.GetValueOrDefault(word) + 1;
        IEnumerable<string> frequent = counts.Where(count => count.Value >= atLeast).OrderByDescending(count => count.Value)
            .ThenBy(count => count.Key, StringComparer.Ordinal).Select(count => count.Key);
        return new Vocabulary(frequent.Take(most), hasPadding);
    }

    /// <summary>The numbers of the words of a text.</summary>
    public long[] Encode(IEnumerable<string> text) => [.. text.Select(word => (long)this[word])];

    /// <summary>The words of some numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or too large.</exception>
    public string[] Decode(IEnumerable<long> numbers) => [.. numbers.Select(number => (ulong)number < (ulong)Count
        ? _words[number]
        : throw new ArgumentOutOfRangeException(
            nameof(numbers), $"The number {number} was to be decoded by a vocabulary of {Count}; give numbers from 0 to {Count - 1}."))];

    /// <summary>
    /// The numbers of some texts in one tensor, int64 [texts, length], and which of them are words, bool of that shape. Longer texts are
    /// cut off at the end, shorter ones filled up with the padding.
    /// </summary>
    /// <param name="texts">The texts, each a sequence of words.</param>
    /// <param name="length">How many words a row holds; those of the longest text by default.</param>
    /// <exception cref="InvalidOperationException">A text is too short, and the vocabulary has no padding.</exception>
    public (Tensor Numbers, Tensor Mask) EncodeBatch(IReadOnlyList<IReadOnlyList<string>> texts, int? length = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        int width = length ?? (texts.Count == 0 ? 0 : texts.Max(text => text.Count));
        Argument.AtLeast(width, 0, nameof(length));
        long[] numbers = Arrays.Of<long>(texts.Count, width);
        bool[] mask = new bool[numbers.Length];
        for (int i = 0; i < texts.Count; i++)
        {
            if (texts[i].Count < width && Padding is null)
                throw new InvalidOperationException($"Text {i} of {texts[i].Count} words was to be filled up to {width}, "
                    + "but the vocabulary has no padding; make it with hasPadding.");
            for (int j = 0; j < width; j++)
            {
                mask[i * width + j] = j < texts[i].Count;
                numbers[i * width + j] = j < texts[i].Count ? this[texts[i][j]] : Padding!.Value;
            }
        }
        Shape shape = [texts.Count, width];
        return (Tensor.From(numbers, shape), Tensor.From(mask, shape));
    }
}
