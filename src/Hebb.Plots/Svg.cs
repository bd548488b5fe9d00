using System.Globalization;
using System.Text;

namespace Hebb.Plots;

/// <summary>What all figures need for writing SVG 1.1.</summary>
internal static class Svg
{
    public const string Font = "\"DejaVu Sans Mono\", ui-monospace, Menlo, Consolas, monospace";

    /// <summary>The opening tag of a picture, and its paper.</summary>
    public static string Open(double width, double height, string style) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Number(width)}\" height=\"{Number(height)}\" "
        + $"viewBox=\"0 0 {Number(width)} {Number(height)}\">\n{style}"
        + $"<rect class=\"paper\" width=\"{Number(width)}\" height=\"{Number(height)}\"/>\n";

    /// <summary>A place in pixels.</summary>
    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Text between tags; characters that XML cannot hold become a question mark.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': escaped.Append("&amp;"); break;
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '"': escaped.Append("&quot;"); break;
                case < ' ' and not ('\n' or '\t') or 0xFFFE or 0xFFFF: escaped.Append('?'); break;
                default: escaped.Append(rune.ToString()); break;
            }
        }
        return escaped.ToString();
    }
}
