namespace Hebb;

/// <summary>
/// A graph with places: boxes and lines from the left upper corner, x to the right, y down, in points of a text of height 13.
/// </summary>
/// <param name="Width">The width of the picture.</param>
/// <param name="Height">The height of the picture.</param>
/// <param name="Boxes">Ops, arguments, tensors from outside and results; none overlaps another.</param>
/// <param name="Lines">Values on their way, and links from ops to their gradients; they pass between the boxes.</param>
public sealed record GraphDrawing(double Width, double Height, IReadOnlyList<GraphBox> Boxes, IReadOnlyList<GraphLine> Lines)
{
    // Widths of letters of a monospaced type, 0.602 of the height, and a little air.
    private const double TitleLetter = 8, DetailLetter = 6.7, SideAir = 20, TitleHeight = 18, DetailHeight = 14, TopAir = 10;

    internal static GraphDrawing Of(GraphSketch sketch)
    {
        (int[] layers, int[] lanes) = GraphLayers.Of(sketch);
        GraphLayout layout = new(
            [.. sketch.Boxes.Select((box, i) => new GraphLayout.Box(
                Wide(box), TopAir + TitleHeight + DetailHeight * box.Details.Count, layers[i], lanes[i]))],
            [.. sketch.Lines.Select(line => new GraphLayout.Line(
                line.From, line.To, line.Output, line.Operand, line.IsLink, Pull(sketch, line)))]);
        return new GraphDrawing(
            layout.Width, layout.Height,
            [.. sketch.Boxes.Select((box, i) => new GraphBox(
                box.Kind, layout.Left(i), layout.Top(i), layout.WidthOf(i), layout.HeightOf(i), box.Title, box.Details, box.Hint))],
            [.. sketch.Lines.Select((line, i) => new GraphLine(
                line.IsLink ? GraphLineKind.Link : sketch.Boxes[line.From].IsGradient ? GraphLineKind.Gradient : GraphLineKind.Value,
                line.From, line.To, line.Operand, layout.Route(i), line.Label))]);
    }

    /// <summary>The flow from op to op is straightened first; what hangs on it follows.</summary>
    private static double Pull(GraphSketch sketch, GraphSketch.Line line) =>
        line.IsLink ? 0.1 : sketch.Boxes[line.From].Kind == GraphBoxKind.Outside || sketch.Boxes[line.To].Kind == GraphBoxKind.Result ? 0.1
        : sketch.Boxes[line.From].IsGradient == sketch.Boxes[line.To].IsGradient ? 1 : 0.2;

    private static double Wide(GraphSketch.Box box) =>
        SideAir + Math.Max(
            TitleLetter * box.Title.Length,
            box.Details.Count == 0 ? 0 : DetailLetter * box.Details.Max(detail => detail.Length));

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(GraphDrawing), PrintMembers);
}

/// <summary>A box of a drawn graph.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Left">Its left edge.</param>
/// <param name="Top">Its upper edge.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
/// <param name="Title">The op or the name.</param>
/// <param name="Details">The lines below the title: the result's number, type and shape, and what it is the gradient of.</param>
/// <param name="Hint">The op with its operands and attributes, and its layer.</param>
public sealed record GraphBox(
    GraphBoxKind Kind, double Left, double Top, double Width, double Height, string Title, IReadOnlyList<string> Details, string Hint)
{
    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(GraphBox), PrintMembers);
}

/// <summary>A line of a drawn graph. Between points of different x it swings from one vertical to another.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="From">The number of the box where it begins.</param>
/// <param name="To">The number of the box where it ends.</param>
/// <param name="Operand">Which operand it is, from 1; 0 for the only one and for links.</param>
/// <param name="Points">Its corners.</param>
/// <param name="Label">The value's number or name, type and shape.</param>
public sealed record GraphLine(GraphLineKind Kind, int From, int To, int Operand, IReadOnlyList<(double X, double Y)> Points, string Label)
{
    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(GraphLine), PrintMembers);
}

/// <summary>What a box stands for.</summary>
public enum GraphBoxKind
{
    /// <summary>An op.</summary>
    Operator,

    /// <summary>An op that looks at memory in another way.</summary>
    View,

    /// <summary>An op of a gradient.</summary>
    Gradient,

    /// <summary>An op of a gradient that looks at memory in another way.</summary>
    GradientView,

    /// <summary>An argument of the function.</summary>
    Argument,

    /// <summary>A tensor from outside, such as a parameter.</summary>
    Outside,

    /// <summary>What the function returns.</summary>
    Result,

    /// <summary>An op that changes tensors from outside in place, such as the update of a parameter.</summary>
    Effect,
}

/// <summary>What a line stands for.</summary>
public enum GraphLineKind
{
    /// <summary>A value goes from op to op.</summary>
    Value,

    /// <summary>A part of a gradient goes from op to op.</summary>
    Gradient,

    /// <summary>A gradient belongs to an op.</summary>
    Link,
}
