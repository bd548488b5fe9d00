using System.Text;
using static Hebb.Plots.Svg;

namespace Hebb.Plots;

/// <summary>A picture of boxes and of lines between them, whose places are known, with a key of the looks that occur.</summary>
/// <param name="Width">The width of the picture without its key, in pixels.</param>
/// <param name="Height">The height of the picture without its key, in pixels.</param>
/// <param name="Boxes">The boxes, drawn over the lines.</param>
/// <param name="Lines">The lines.</param>
public sealed record GraphFigure(double Width, double Height, IReadOnlyList<FigureBox> Boxes, IReadOnlyList<FigureLine> Lines)
{
    private const double KeyHeight = 34, KeyLetter = 6.7, Margin = 24;

    /// <summary>Such as <c>GraphFigure(640 x 480, 12 boxes, 14 lines)</c>.</summary>
    public override string ToString() => $"GraphFigure({Width} x {Height}, {Boxes.Count} boxes, {Lines.Count} lines)";

    private double TotalWidth => Math.Max(Width, Margin + Key.Sum(look => KeyWidth(look)));

    private BoxLook[] Key => [.. Boxes.Select(box => box.Look).Distinct().Order()];

    /// <summary>The picture as a text of SVG 1.1, which needs nothing from outside.</summary>
    public string ToSvg()
    {
        StringBuilder svg = new();
        svg.Append(Open(TotalWidth, Height + KeyHeight, Style));
        double x = Margin;
        foreach (BoxLook look in Key)
        {
            svg.Append($"<rect class=\"{Class(look)}\" x=\"{Number(x)}\" y=\"14\" width=\"22\" height=\"14\" "
                + $"rx=\"{(IsRound(look) ? "7" : "3")}\"/>");
            svg.Append($"<text class=\"key\" x=\"{Number(x + 29)}\" y=\"25\">{Name(look)}</text>\n");
            x += KeyWidth(look);
        }
        svg.Append($"<g transform=\"translate(0 {Number(KeyHeight)})\">\n");
        // Links lie below what flows.
        foreach (FigureLine line in Lines.OrderByDescending(line => line.Look)) Draw(svg, line);
        foreach (FigureBox box in Boxes) Draw(svg, box);
        return svg.Append("</g>\n</svg>\n").ToString();
    }

    private static void Draw(StringBuilder svg, FigureLine line)
    {
        if (line.Points.Count < 2) return;
        (double X, double Y) last = line.Points[0], end = line.Points[^1];
        svg.Append($"<g><title>{Escape(line.Hint)}</title><path class=\"{Class(line.Look)}\" d=\"M{Number(last.X)} {Number(last.Y)}");
        foreach ((double px, double py) in line.Points.Skip(1))
        {
            double middle = (last.Y + py) / 2;
            if (Math.Abs(px - last.X) < 0.05) svg.Append($"V{Number(py)}");
            else svg.Append($"C{Number(last.X)} {Number(middle)} {Number(px)} {Number(middle)} {Number(px)} {Number(py)}");
            last = (px, py);
        }
        svg.Append("\"/>");
        if (line.Look != LineLook.Link)
        {
            double back = line.Points[0].Y < end.Y ? -7 : 7;
            svg.Append($"<path class=\"{Class(line.Look)}-tip\" d=\"M{Number(end.X)} {Number(end.Y)}l-3.6 {Number(back)}h7.2z\"/>");
            if (line.Mark.Length > 0)
            {
                // On the side from which the line does not come.
                bool isLeft = line.Points.TakeLast(3).Any(point => point.X > end.X + 0.05)
                    && line.Points.TakeLast(3).All(point => point.X >= end.X - 0.05);
                svg.Append($"<text class=\"mark\" x=\"{Number(isLeft ? end.X - 5 : end.X + 5)}\" "
                    + $"y=\"{Number(back < 0 ? end.Y - 4 : end.Y + 11)}\"");
                svg.Append($"{(isLeft ? " text-anchor=\"end\"" : "")}>{Escape(line.Mark)}</text>");
            }
        }
        svg.Append("</g>\n");
    }

    private static void Draw(StringBuilder svg, FigureBox box)
    {
        double middle = box.Left + box.Width / 2, round = IsRound(box.Look) ? Math.Min(18, box.Height / 2) : 5;
        svg.Append($"<g><title>{Escape(box.Hint)}</title><rect class=\"{Class(box.Look)}\" x=\"{Number(box.Left)}\" "
            + $"y=\"{Number(box.Top)}\" ");
        svg.Append($"width=\"{Number(box.Width)}\" height=\"{Number(box.Height)}\" rx=\"{Number(round)}\"/>");
        double y = box.Top + 19;
        svg.Append($"<text class=\"title\" x=\"{Number(middle)}\" y=\"{Number(y)}\">{Escape(box.Title)}</text>");
        foreach (string detail in box.Details)
            svg.Append($"<text class=\"detail\" x=\"{Number(middle)}\" y=\"{Number(y += 14)}\">{Escape(detail)}</text>");
        svg.Append("</g>\n");
    }

    private static bool IsRound(BoxLook look) => look is BoxLook.Argument or BoxLook.Parameter or BoxLook.Result;

    private static double KeyWidth(BoxLook look) => 29 + KeyLetter * Name(look).Length + 22;

    private static string Class(BoxLook look) => look switch
    {
        BoxLook.Operator => "operator",
        BoxLook.View => "view",
        BoxLook.Gradient => "gradient",
        BoxLook.GradientView => "gradient-view",
        BoxLook.Argument => "argument",
        BoxLook.Parameter => "parameter",
        BoxLook.Effect => "effect",
        _ => "result",
    };

    private static string Class(LineLook look) => look switch
    {
        LineLook.Value => "value",
        LineLook.Gradient => "slope",
        _ => "link",
    };

    private static string Name(BoxLook look) => look switch
    {
        BoxLook.Operator => "operator",
        BoxLook.View => "view",
        BoxLook.Gradient => "gradient",
        BoxLook.GradientView => "view in a gradient",
        BoxLook.Argument => "argument",
        BoxLook.Parameter => "parameter or constant",
        BoxLook.Effect => "change in place",
        _ => "result",
    };

    private const string Style = $$"""
        <style>
        text { font-family: {{Font}}; fill: #22262c; }
        .title { font-size: 13px; font-weight: 600; text-anchor: middle; }
        .detail { font-size: 11px; text-anchor: middle; fill: #565c66; }
        .key { font-size: 11px; fill: #565c66; }
        .mark { font-size: 9px; fill: #7b828c; }
        .paper { fill: #ffffff; }
        rect { stroke-width: 1.3; }
        .operator { fill: #e6effb; stroke: #2f6db5; }
        .view { fill: #f7fafe; stroke: #2f6db5; stroke-dasharray: 3 2; }
        .gradient { fill: #fdeedd; stroke: #c8741a; }
        .gradient-view { fill: #fffaf4; stroke: #c8741a; stroke-dasharray: 3 2; }
        .argument { fill: #e2f4ea; stroke: #2c8a57; }
        .parameter { fill: #f0eafa; stroke: #7a5ab5; }
        .effect { fill: #fbe6ea; stroke: #a8324a; }
        .result { fill: #e4e6ea; stroke: #30343b; stroke-width: 2; }
        .value, .slope, .link { fill: none; stroke-width: 1.3; }
        .value { stroke: #5b7da6; }
        .slope { stroke: #c8741a; }
        .link { stroke: #d9a066; stroke-dasharray: 5 4; }
        .value-tip { fill: #5b7da6; }
        .slope-tip { fill: #c8741a; }
        </style>

        """;
}

/// <summary>A box with text.</summary>
/// <param name="Look">How it looks.</param>
/// <param name="Left">Its left edge, in pixels.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Width">Its width; 8 pixels for each letter of the title and 6.7 for each of a detail are enough.</param>
/// <param name="Height">Its height; 28 pixels, and 14 for each detail.</param>
/// <param name="Title">The first line.</param>
/// <param name="Details">Smaller lines below it.</param>
/// <param name="Hint">What is shown when it is pointed at.</param>
public sealed record FigureBox(
    BoxLook Look, double Left, double Top, double Width, double Height, string Title, IReadOnlyList<string> Details, string Hint)
{
    /// <summary>Such as <c>FigureBox(Operator 'MatMul' at 24, 34)</c>.</summary>
    public override string ToString() => $"FigureBox({Look} '{Title}' at {Left}, {Top})";
}

/// <summary>A line. Between points of different x it swings from one vertical to another.</summary>
/// <param name="Look">How it looks.</param>
/// <param name="Points">Its corners, in pixels; the last has the tip.</param>
/// <param name="Mark">A small text at its tip.</param>
/// <param name="Hint">What is shown when it is pointed at.</param>
public sealed record FigureLine(LineLook Look, IReadOnlyList<(double X, double Y)> Points, string Mark, string Hint);

/// <summary>How a box looks.</summary>
public enum BoxLook
{
    /// <summary>An operator.</summary>
    Operator,

    /// <summary>An operator that moves no data.</summary>
    View,

    /// <summary>An operator of a gradient.</summary>
    Gradient,

    /// <summary>An operator of a gradient that moves no data.</summary>
    GradientView,

    /// <summary>Something that is given anew each time.</summary>
    Argument,

    /// <summary>Something that is kept.</summary>
    Parameter,

    /// <summary>What comes out.</summary>
    Result,

    /// <summary>An operator that changes something that is kept.</summary>
    Effect,
}

/// <summary>How a line looks.</summary>
public enum LineLook
{
    /// <summary>A value flows.</summary>
    Value,

    /// <summary>A gradient flows.</summary>
    Gradient,

    /// <summary>Two boxes belong together; dashed, without a tip.</summary>
    Link,
}
