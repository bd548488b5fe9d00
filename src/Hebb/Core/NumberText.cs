using System.Globalization;
using System.Numerics;

namespace Hebb;

/// <summary>Numbers in texts from outside.</summary>
internal static class NumberText
{
    private static readonly NumberFormatInfo s_comma = new() { NumberDecimalSeparator = "," };

    /// <summary>
    /// Reads a number of the invariant culture, or one with a comma for its point. A text with NUL is none, although .NET skips those
    /// at the end.
    /// </summary>
    public static bool TryRead<T>(ReadOnlySpan<char> text, NumberStyles styles, out T number, char point = '.')
        where T : struct, INumberBase<T>
    {
        number = default;
        return !text.Contains('\0') && T.TryParse(text, styles, point == ',' ? s_comma : CultureInfo.InvariantCulture, out number);
    }
}
