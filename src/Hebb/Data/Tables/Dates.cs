using System.Globalization;

namespace Hebb.Data;

/// <summary>Knows dates and times by how they are written.</summary>
internal static class Dates
{
    private static readonly string[] s_dayFirst =
    [
        .. from date in (string[])["d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d/M/yy", "d.M.yy", "d-M-yy"]
           from time in (string[])["", " H:mm", " H:mm:ss"]
           select date + time,
    ];

    /// <summary>Whether nearly all texts are dates or times.</summary>
    public static bool Are(IReadOnlyList<string> texts) => texts.Count > 0 && 10L * texts.Count(Is) >= 9L * texts.Count;

    /// <summary>
    /// Whether a text has three numbers, or two around a colon, or a month by its name, and is a date or time so; ranges such as 5-10 and
    /// versions such as 1.10 are none.
    /// </summary>
    public static bool Is(string text)
    {
        int numbers = 0;
        for (int i = 0; i < text.Length; i++)
            if (char.IsAsciiDigit(text[i]) && (i == 0 || !char.IsAsciiDigit(text[i - 1]))) numbers++;
        return numbers + (text.Contains(':') ? 1 : 0) + (text.Count(char.IsAsciiLetter) >= 3 ? 1 : 0) >= 3
            && (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                || DateTime.TryParseExact(text, s_dayFirst, CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
    }
}
