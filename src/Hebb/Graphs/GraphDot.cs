using System.Globalization;
using System.Text;

namespace Hebb;

/// <summary>A graph in the language of Graphviz.</summary>
internal static class GraphDot
{
    public static string Write(GraphSketch sketch)
    {
        StringBuilder text =
            new("digraph {\n  node [fontname=\"monospace\" fontsize=11 style=\"filled\" fillcolor=\"white\"]\n  edge [fontsize=9]\n");
        for (int i = 0; i < sketch.Boxes.Count; i++)
        {
            GraphSketch.Box box = sketch.Boxes[i];
            string label = string.Join("\\n", box.Details.Prepend(box.Title).Select(Escape));
            text.Append(CultureInfo.InvariantCulture, $"  n{i} [label=\"{label}\" tooltip=\"{Escape(box.Hint)}\" {Look(box.Kind)}]\n");
        }
        foreach (GraphSketch.Line line in sketch.Lines)
        {
            text.Append(CultureInfo.InvariantCulture, $"  n{line.From} -> n{line.To}");
            text.Append(
                line.IsLink ? " [style=\"dashed\" color=\"#c8741a\" dir=\"none\" constraint=\"false\"]"
                : line.Operand > 0 ? $" [headlabel=\"{line.Operand}\"]"
                : "");
            text.Append('\n');
        }
        return text.Append("}\n").ToString();
    }

    /// <summary>Text inside a quoted string, in which Graphviz reads backslashes as escapes.</summary>
    public static string Escape(string text) =>
        string.Join("\\n", text.Replace("\r", "", StringComparison.Ordinal).Split('\n').Select(line => PlainText.Of(line)
            .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)));

    private static string Look(GraphBoxKind kind) => kind switch
    {
        GraphBoxKind.Operator => "shape=\"box\" color=\"#2f6db5\" fillcolor=\"#e6effb\"",
        GraphBoxKind.View => "shape=\"box\" style=\"filled,dashed\" color=\"#2f6db5\"",
        GraphBoxKind.Gradient => "shape=\"box\" color=\"#c8741a\" fillcolor=\"#fdeedd\"",
        GraphBoxKind.GradientView => "shape=\"box\" style=\"filled,dashed\" color=\"#c8741a\"",
        GraphBoxKind.Argument => "shape=\"ellipse\" color=\"#2c8a57\" fillcolor=\"#e2f4ea\"",
        GraphBoxKind.Outside => "shape=\"ellipse\" color=\"#7a5ab5\" fillcolor=\"#f0eafa\"",
        GraphBoxKind.Effect => "shape=\"box\" color=\"#a8324a\" fillcolor=\"#fbe6ea\"",
        _ => "shape=\"ellipse\" color=\"#30343b\" fillcolor=\"#e4e6ea\" penwidth=\"2\"",
    };
}
