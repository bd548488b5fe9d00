using System.Globalization;
using System.Text;

namespace Hebb;

/// <summary>Texts out of data, such as the names of classes, columns and files, as they can be printed without harm.</summary>
public static class PlainText
{
    /// <summary>
    /// The text with an escape such as <c>\u001b</c> in place of each control character, line separator and mark of writing direction,
    /// which would move the cursor, color the terminal or turn the line round; other texts stay as they are.
    /// </summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Any(IsControl)) return text;
        StringBuilder plain = new();
        foreach (char letter in text)
        {
            if (IsControl(letter)) plain.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else plain.Append(letter);
        }
        return plain.ToString();
    }

    /// <summary>What an error says, without the name of a parameter, which means nothing to another caller.</summary>
    public static string Of(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        string ending = error is ArgumentException { ParamName: { } name } ? $" (Parameter '{name}')" : "";
        string text = error.Message;
        return Of(ending.Length > 0 && text.EndsWith(ending, StringComparison.Ordinal) ? text[..^ending.Length] : text);
    }

    /// <summary>The first of some names, as they can be printed, and "..." behind them if there are more.</summary>
    /// <param name="names">The names.</param>
    /// <param name="most">How many are listed, at least 1.</param>
    public static string List(IReadOnlyCollection<string> names, int most)
    {
        ArgumentNullException.ThrowIfNull(names);
        Argument.AtLeast(most, 1);
        return Of(string.Join(", ", names.Take(most)) + (names.Count > most ? ", ..." : ""));
    }

    /// <summary>A name as it stands in a list: in quotes if it holds a comma.</summary>
    public static string InList(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Contains(',', StringComparison.Ordinal) ? $"'{name}'" : name;
    }

    /// <summary>
    /// Whether UTF-8 can hold the text: half of a surrogate pair that stands alone is no character, and would come back as another.
    /// </summary>
    internal static bool IsUnicode(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }

    private static bool IsControl(char letter) => char.IsControl(letter)
        || letter is '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
