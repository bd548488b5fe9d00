namespace Hebb;

/// <summary>
/// One application of an op: which op, on which tensors, with which results. Each result remembers its node as its creator, so that the
/// history of a value is reached from the value itself, and an abandoned history is garbage.
/// </summary>
public sealed class Node
{
    private static long s_last;

    private readonly Tensor[] _inputs;
    private readonly Tensor[] _outputs;
    private readonly int[] _versions;

    internal Node(IOp op, ReadOnlySpan<Tensor> inputs, Tensor[] outputs)
    {
        Op = op;
        Id = Interlocked.Increment(ref s_last);
        _inputs = inputs.ToArray();
        _outputs = outputs;
        _versions = new int[inputs.Length + outputs.Length];
        for (int i = 0; i < inputs.Length; i++) _versions[i] = inputs[i].Storage.Version;
        for (int i = 0; i < outputs.Length; i++) _versions[inputs.Length + i] = outputs[i].Storage.Version;
    }

    /// <summary>The operation.</summary>
    public IOp Op { get; }

    /// <summary>The operands, in order.</summary>
    public IReadOnlyList<Tensor> Inputs => _inputs;

    /// <summary>The results; the first is the value, others serve the gradient.</summary>
    public IReadOnlyList<Tensor> Outputs => _outputs;

    /// <summary>Whether a backward pass has passed through without being told to retain the graph.</summary>
    public bool IsReleased { get; internal set; }

    /// <summary>Rises from node to node: a node's operands were made before it.</summary>
    internal long Id { get; }

    internal Tensor Saved(int slot)
    {
        Tensor saved = slot < _inputs.Length ? _inputs[slot] : _outputs[slot - _inputs.Length];
        if (saved.Storage.Version != _versions[slot])
            throw new InvalidOperationException(
                $"The {(slot < _inputs.Length ? "operand" : "result")} {saved.Spec} of {Op.Name} was changed in place "
                + $"after {Op.Name} used it, but its gradient needs the old value; change a Clone() of it, or change it after Backward.");
        return saved;
    }

    /// <summary>Such as <c>Add(float32[2, 3], float32[3])</c>.</summary>
    public override string ToString() => $"{Op.Name}({string.Join(", ", _inputs.Select(input => input.Spec.ToString()))})";
}
