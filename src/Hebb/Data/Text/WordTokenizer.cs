namespace Hebb.Data;

/// <summary>
/// What stands between white space, in lower case unless it is to be kept: for texts whose punctuation stands apart, as corpora have it.
/// </summary>
/// <param name="KeepsCase">Whether capitals stay; false by default.</param>
public sealed record WordTokenizer(bool KeepsCase = false) : ITokenizer
{
    /// <inheritdoc/>
    public string Name => KeepsCase ? "cased-words" : "words";

    /// <inheritdoc/>
    public IEnumerable<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (KeepsCase ? text : text.ToLowerInvariant()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }
}
