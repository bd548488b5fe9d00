namespace Hebb.Data;

/// <summary>
/// Cuts a text into tokens: words, characters, or whatever a <see cref="Vocabulary"/> is to number. Implementations are immutable.
/// </summary>
public interface ITokenizer
{
    /// <summary>The name by which a trained model's description says how its texts were cut.</summary>
    string Name { get; }

    /// <summary>The tokens of a text in order.</summary>
    IEnumerable<string> Split(string text);
}
