using Hebb.Diagnostics;
using Hebb.Files;
using Hebb.Plots;

namespace Hebb.Cli;

/// <summary>Writes a graph as a picture, for Graphviz or as text, by the ending of the file.</summary>
internal static class GraphFile
{
    private static readonly string[] s_endings = [".svg", ".dot", ".txt"];

    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Require(string path) => OutputFile.Require("--graph", path, "a graph is written", s_endings);

    public static void Write(string path, ModelGraph model) => AtomicFile.WriteText(path, Path.GetExtension(path) switch
    {
        ".svg" => Figure(model.Graph.Draw(model.Names)).ToSvg(),
        ".dot" => model.Graph.ToDot(model.Names),
        _ => model.Graph.ToText(model.Names),
    });

    private static GraphFigure Figure(GraphDrawing drawing) => new(
        drawing.Width, drawing.Height,
        [.. drawing.Boxes.Select(box => new FigureBox(
            Look(box.Kind), box.Left, box.Top, box.Width, box.Height, box.Title, box.Details, box.Hint))],
        [.. drawing.Lines.Select(line => new FigureLine(
            Look(line.Kind), line.Points, line.Operand == 0 ? "" : $"{line.Operand}", line.Label))]);

    private static BoxLook Look(GraphBoxKind kind) => kind switch
    {
        GraphBoxKind.Operator => BoxLook.Operator,
        GraphBoxKind.View => BoxLook.View,
        GraphBoxKind.Gradient => BoxLook.Gradient,
        GraphBoxKind.GradientView => BoxLook.GradientView,
        GraphBoxKind.Argument => BoxLook.Argument,
        GraphBoxKind.Outside => BoxLook.Parameter,
        GraphBoxKind.Effect => BoxLook.Effect,
        _ => BoxLook.Result,
    };

    private static LineLook Look(GraphLineKind kind) => kind switch
    {
        GraphLineKind.Value => LineLook.Value,
        GraphLineKind.Gradient => LineLook.Gradient,
        _ => LineLook.Link,
    };
}
