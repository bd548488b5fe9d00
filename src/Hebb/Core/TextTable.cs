using System.Text;

namespace Hebb;

/// <summary>Rows of text in columns: the first column to the left, the others to the right.</summary>
internal static class TextTable
{
    /// <summary>The rows as lines, without a line end behind the last.</summary>
    /// <param name="rows">Rows of equally many cells; the first is the heading.</param>
    public static string Of(IReadOnlyList<string[]> rows)
    {
        rows = [.. rows.Select(row => Array.ConvertAll(row, PlainText.Of))];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        StringBuilder text = new();
        foreach (string[] row in rows)
        {
            StringBuilder line = new(row[0].PadRight(widths[0]));
            for (int column = 1; column < row.Length; column++) line.Append("  ").Append(row[column].PadLeft(widths[column]));
            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }
}
