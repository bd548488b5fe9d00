using System.Globalization;
using System.Text;
using Hebb.Files;

namespace Hebb.Data;

/// <summary>Finds names that are likely to be meant as one.</summary>
internal static class Spelling
{
    /// <summary>
    /// The first two names that differ in spelling only: in case, in spaces, in how a number or an accent is written; null if none do.
    /// </summary>
    public static (string First, string Second)? Alike(IReadOnlyList<string> names)
    {
        Dictionary<string, string> plain = new(StringComparer.Ordinal), bare = new(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!plain.TryAdd(Key(name, accents: true), name)) return (plain[Key(name, accents: true)], name);
            if (!HasMarks(name)) bare.TryAdd(Key(name, accents: false), name);
        }
        foreach (string name in names.Where(HasMarks))
            if (bare.TryGetValue(Key(name, accents: false), out string? other)) return (other, name);
        return null;
    }

    /// <summary>What names have in common that differ in spelling only; without accents, letters that have one are all the same.</summary>
    private static string Key(string name, bool accents)
    {
        if (CsvNumbers.TryParse(name, '.', out double number)) return number.ToString(CultureInfo.InvariantCulture);
        StringBuilder key = new();
        foreach (char c in name)
        {
            if (char.IsWhiteSpace(c))
            {
                if (key.Length > 0 && key[^1] != ' ') key.Append(' ');
            }
            else if (!accents && IsMark(c) && key.Length > 0) key[^1] = '~';
            else if (char.GetUnicodeCategory(c) != UnicodeCategory.Format)
                key.Append(!accents && IsAccented(c) ? '~' : char.ToUpperInvariant(c));
        }
        return key.ToString().TrimEnd();
    }

    /// <summary>Whether it is among the Latin letters with an accent, or another beyond the 26.</summary>
    private static bool IsAccented(char c) => c is (>= '\u00c0' and <= '\u024f') or (>= '\u1e00' and <= '\u1eff');

    private static bool HasMarks(string name) => name.Any(IsMark);

    /// <summary>Whether it is an accent of its own, which goes onto the letter before it.</summary>
    private static bool IsMark(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;
}
