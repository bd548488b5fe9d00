namespace Hebb.Diagnostics;

/// <summary>How much of the input each tensor of a graph sees along its rows: r ← r + (size - 1) j and j ← j stride at every window that moves.</summary>
internal sealed class ReceptiveFields
{
    private readonly Dictionary<(Storage, int, TensorSpec), Field> _fields = [];

    public ReceptiveFields(Graph graph)
    {
        foreach (Tensor input in graph.Arguments) _fields[Place(input)] = new Field(1, 1, HasMoved: false);
        foreach (Node node in graph.Nodes)
        {
            if (node.Outputs.Count == 0 || After(node) is not { } field) continue;
            foreach (Tensor output in node.Outputs) _fields.TryAdd(Place(output), field);
        }
    }

    /// <summary>Input rows that one row of a tensor sees; 0 where no window has moved, or rows are no rows any more.</summary>
    public int Rows(Tensor tensor) =>
        _fields.TryGetValue(Place(tensor), out Field field) && field.HasMoved ? (int)Math.Min(field.Size, int.MaxValue) : 0;

    private Field? After(Node node)
    {
        if (node.Op is IWindowed windowed)
        {
            if (!_fields.TryGetValue(Place(node.Inputs[0]), out Field before)) return null;
            (int size, int stride) = windowed.Along(0, [.. node.Inputs.Select(input => input.Spec)]);
            // Windows beyond the largest images would multiply without bound.
            return new Field(Math.Min(before.Size + (size - 1L) * before.Jump, int.MaxValue), Math.Min(before.Jump * stride, int.MaxValue), HasMoved: true);
        }
        Field? widest = null;
        foreach (Tensor input in node.Inputs)
        {
            if (!_fields.TryGetValue(Place(input), out Field field)) continue;
            if (!HasRowsOf(input.Shape, node.Outputs[0].Shape)) return null;
            if (widest is not { } other || field.Size > other.Size) widest = field;
        }
        return widest;
    }

    /// <summary>Whether the axes after batch and channels are the same.</summary>
    private static bool HasRowsOf(Shape input, Shape output) =>
        input.Rank > 2 && input.Rank == output.Rank && input.AsSpan()[2..].SequenceEqual(output.AsSpan()[2..]);

    private static (Storage, int, TensorSpec) Place(Tensor tensor) => (tensor.Storage, tensor.Offset, tensor.Spec);

    private readonly record struct Field(long Size, long Jump, bool HasMoved);
}
