using Hebb.Layers;

namespace Hebb.Diagnostics;

/// <summary>
/// How much of the input each tensor of a graph sees along the first axis after the channels: r ← r + (size - 1) j and j ← j stride at
/// every window that moves.
/// </summary>
internal sealed class ReceptiveFields
{
    private readonly Dictionary<(Storage, int, TensorSpec), Field> _fields = [];

    public ReceptiveFields(Graph graph)
    {
        foreach (Tensor input in graph.Arguments) _fields[Place(input)] = new Field(1, 1, HasMoved: false);
        // A layer that says what its window is knows better than the ops that it is made of.
        Dictionary<(Storage, int, TensorSpec), ModuleCall> windows = [];
        foreach (ModuleCall call in graph.Scopes.Cast<ModuleCall>().Where(call => call.Module.WindowAlong(0) is not null))
            windows.TryAdd(Place(call.Result!), call);
        foreach (Node node in graph.Nodes)
        {
            foreach (Tensor output in node.Outputs)
            {
                Field? field = windows.TryGetValue(Place(output), out ModuleCall? call)
                    ? Moved(call.Input, call.Module.WindowAlong(0)!.Value)
                    : After(node);
                if (field is { } known) _fields.TryAdd(Place(output), known);
            }
        }
    }

    /// <summary>
    /// Input rows (or positions, or slices) that one of a tensor sees; 0 where no window has moved, or rows are no rows any more.
    /// </summary>
    public int Rows(Tensor tensor) =>
        _fields.TryGetValue(Place(tensor), out Field field) && field.HasMoved ? (int)Math.Min(field.Size, int.MaxValue) : 0;

    /// <summary>Windows beyond the largest images would multiply without bound.</summary>
    private Field? Moved(Tensor input, (int Size, int Stride) window) =>
        !_fields.TryGetValue(Place(input), out Field before)
            ? null
            : new Field(
                Math.Min(before.Size + (window.Size - 1L) * before.Jump, int.MaxValue),
                Math.Min(before.Jump * window.Stride, int.MaxValue),
                HasMoved: true);

    private Field? After(Node node)
    {
        if (node.Op is IWindowed windowed) return Moved(node.Inputs[0], windowed.Along(0, [.. node.Inputs.Select(input => input.Spec)]));
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
