namespace Hebb;

/// <summary>
/// The row of each box of a sketch, by longest paths, and its lane: 0 for the function, 2 for its gradient. The function goes down; its
/// gradient goes up beside it, between an op and what made the op's operands. Where that cannot be, everything goes down.
/// </summary>
internal static class GraphLayers
{
    private const int FunctionLane = 0, GradientLane = 2;

    public static (int[] Layers, int[] Lanes) Of(GraphSketch sketch)
    {
        bool[] isGradient = Sides(sketch);
        bool isSecond = sketch.Boxes.Any(box => box.Forward is { } forward && sketch.Boxes[forward].IsGradient);
        int[]? layers = isSecond ? null : Longest(sketch.Boxes.Count, Beside(sketch, isGradient));
        if (layers is null || sketch.Lines.Any(line => layers[line.From] == layers[line.To]))
        {
            isGradient = new bool[sketch.Boxes.Count];
            layers = Longest(sketch.Boxes.Count, [.. sketch.Lines.Select(line => (line.From, line.To))])!;
        }
        return (layers, [.. isGradient.Select(side => side ? GradientLane : FunctionLane)]);
    }

    /// <summary>
    /// Whether each box stands on the side of the gradient: its ops, their results,
    /// the effects of these, and outside tensors that only they use.
    /// </summary>
    private static bool[] Sides(GraphSketch sketch)
    {
        bool[] isGradient = [.. sketch.Boxes.Select(box => box.IsGradient)];
        foreach (GraphSketch.Line line in sketch.Lines.Where(line => !line.IsLink))
        {
            if (sketch.Boxes[line.To].Kind is GraphBoxKind.Result or GraphBoxKind.Effect)
                isGradient[line.To] |= sketch.Boxes[line.From].IsGradient;
        }
        foreach (GraphSketch.Line line in sketch.Lines.Where(line => sketch.Boxes[line.From].Kind == GraphBoxKind.Outside))
            isGradient[line.From] |= isGradient[line.To] && sketch.Boxes[line.To].Kind != GraphBoxKind.Result;
        return isGradient;
    }

    /// <summary>Which box stands above which, if the gradient goes up beside the function.</summary>
    private static List<(int Above, int Below)> Beside(GraphSketch sketch, bool[] isGradient)
    {
        List<(int Above, int Below)> order = [];
        ILookup<int, int> operands = sketch.Lines.Where(line => !line.IsLink).ToLookup(line => line.To, line => line.From);
        foreach (GraphSketch.Line line in sketch.Lines.Where(line => !line.IsLink))
        {
            // A value that the function hands to its gradient may come from above and from below.
            if (isGradient[line.From] && isGradient[line.To]) order.Add((line.To, line.From));
            else if (!isGradient[line.To]) order.Add((line.From, line.To));
        }
        for (int i = 0; i < sketch.Boxes.Count; i++)
        {
            if (sketch.Boxes[i].Forward is not { } forward) continue;
            order.Add((i, forward));
            foreach (int operand in operands[forward])
            {
                if (sketch.Boxes[operand].Kind != GraphBoxKind.Outside) order.Add((operand, i));
            }
        }
        return order;
    }

    /// <summary>
    /// The length of the longest path to each box; then, from below, boxes that lines lead from rather than to move down to those that they
    /// lead to. What hangs on one box alone does not hold it but follows it: an update stands beside its gradient, and no line to it passes
    /// all rows. Null if paths close.
    /// </summary>
    private static int[]? Longest(int count, List<(int Above, int Below)> order)
    {
        ILookup<int, int> below = order.Distinct().ToLookup(pair => pair.Above, pair => pair.Below);
        int[] above = new int[count], waiting = new int[count], layers = new int[count];
        foreach ((_, int to) in below.SelectMany(group => group.Select(to => (group.Key, to)))) waiting[to] = ++above[to];
        Queue<int> ready = new(Enumerable.Range(0, count).Where(i => above[i] == 0));
        List<int> done = [];
        while (ready.TryDequeue(out int box))
        {
            done.Add(box);
            foreach (int next in below[box])
            {
                layers[next] = Math.Max(layers[next], layers[box] + 1);
                if (--waiting[next] == 0) ready.Enqueue(next);
            }
        }
        if (done.Count < count) return null;
        foreach (int box in Enumerable.Reverse(done))
        {
            ILookup<bool, int> hanging = below[box].ToLookup(next => above[next] == 1 && !below.Contains(next));
            int leading = hanging[false].Count();
            if (leading > 0 && above[box] <= leading) layers[box] = hanging[false].Min(next => layers[next]) - 1;
            foreach (int next in hanging[true]) layers[next] = layers[box] + 1;
        }
        int top = layers.DefaultIfEmpty(0).Min();
        return [.. layers.Select(layer => layer - top)];
    }
}
