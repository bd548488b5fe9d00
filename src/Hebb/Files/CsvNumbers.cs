using System.Globalization;

namespace Hebb.Files;

/// <summary>How numbers are written in the cells of a CSV file, and what may be meant by texts that look like some.</summary>
internal static class CsvNumbers
{
    private const double FirstShared = 1L << 53; // from here on, not every whole number has a double of its own
    private const int FewestOfPhone = 8;

    /// <summary>A finite number, with its decimals behind a point or a comma and without separators of thousands.</summary>
    public static bool TryParse(ReadOnlySpan<char> cell, char point, out double number) =>
        NumberText.TryRead(cell, NumberStyles.Float, out number, point) && double.IsFinite(number);

    /// <summary>Whether a number is written as codes are: with a zero in front, as a phone, or too large to tell from others.</summary>
    public static bool IsCode(ReadOnlySpan<char> cell, double number)
    {
        if (cell.Length < 2) return false;
        ReadOnlySpan<char> digits = cell[0] is '+' or '-' ? cell[1..] : cell;
        return (cell[0] == '+' ? digits.Length >= FewestOfPhone : digits is ['0', _, ..] || Math.Abs(number) >= FirstShared)
            && !digits.ContainsAnyExceptInRange('0', '9');
    }

    /// <summary>
    /// What makes numbers of the cells of a column: another decimal mark, if that reads them all, or another way to write them; null if one
    /// looks like no number, or if all are numbers as they are.
    /// </summary>
    public static string? Mend(IReadOnlyCollection<string> cells, char point)
    {
        char other = point == ',' ? '.' : ',';
        string[] odd = [.. cells.Where(cell => !TryParse(cell, point, out _))];
        if (odd.Length == 0 || !odd.All(cell => IsHex(cell) || TryParse(Bare(cell), point, out _) || TryParse(cell, other, out _)))
            return null;
        if (odd.All(IsHex)) return "write such numbers in the decimal system";
        if (!cells.All(cell => TryParse(cell, other, out _))) return $"write such numbers as in 1234{point}5, without separators and signs";
        return odd.All(IsGrouped) ? $"write such numbers without separators of thousands, or give Decimal = '{other}' if it marks decimals"
            : $"give Decimal = '{other}'";

        string Bare(string cell) => string.Concat(cell.Where(
            c => c != other && !char.IsWhiteSpace(c) && c is not ('_' or '\'' or '’' or '%' or '$' or '€' or '£')));
    }

    private static bool IsHex(string cell) =>
        cell is ['0', 'x' or 'X', ..] && NumberText.TryRead(cell.AsSpan(2), NumberStyles.AllowHexSpecifier, out long _);

    /// <summary>Whether the only mark may as well part thousands, as in 1,234.</summary>
    private static bool IsGrouped(string cell)
    {
        int mark = cell.AsSpan().IndexOfAny('.', ',');
        return mark >= 0 && cell.Length == mark + 4 && !cell.AsSpan(mark + 1).ContainsAnyExceptInRange('0', '9')
            && cell.AsSpan(0, mark).TrimStart("+-") is { Length: >= 1 and <= 3 } whole && whole[0] != '0';
    }
}
