using System.Text;

namespace Hebb.Data;

/// <summary>Every Unicode character by itself, white space included.</summary>
/// <param name="KeepsCase">Whether capitals stay; true by default.</param>
public sealed record CharacterTokenizer(bool KeepsCase = true) : ITokenizer
{
    /// <inheritdoc/>
    public string Name => KeepsCase ? "characters" : "lower-characters";

    /// <inheritdoc/>
    public IEnumerable<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (Rune character in (KeepsCase ? text : text.ToLowerInvariant()).EnumerateRunes()) yield return character.ToString();
    }
}
