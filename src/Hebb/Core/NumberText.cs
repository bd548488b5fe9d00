using System.Globalization;
using System.Numerics;

namespace Hebb;

/// <summary>Numbers in texts from outside.</summary>
internal static class NumberText
{
    /// <summary>Reads a number of the invariant culture. A text with NUL is none, although .NET skips those at the end.</summary>
    public static bool TryRead<T>(ReadOnlySpan<char> text, NumberStyles styles, out T number) where T : struct, INumberBase<T>
    {
        number = default;
        return !text.Contains('\0') && T.TryParse(text, styles, CultureInfo.InvariantCulture, out number);
    }
}
