namespace Hebb;

/// <summary>
/// What an op's gradient sees of one node: the saved operands and results, the gradients that reached the results, and where to give the
/// gradients of the operands.
/// </summary>
public sealed class GradientFlow
{
    private readonly Node _node;
    private readonly Tensor?[] _upstream;
    private readonly List<(int Operand, Tensor Gradient)> _given = [];
    private readonly bool[] _needs;

    internal GradientFlow(Node node, Tensor?[] upstream, bool[] needs)
    {
        _node = node;
        _upstream = upstream;
        _needs = needs;
    }

    /// <summary>The gradients given so far.</summary>
    internal IReadOnlyList<(int Operand, Tensor Gradient)> Given => _given;

    /// <summary>Whether the gradient of operand i is wanted; computing others is wasted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such operand.</exception>
    public bool Needs(int i) => _needs[Operand(i)];

    /// <summary>How many operands the op has.</summary>
    public int InputCount => _needs.Length;

    /// <summary>Type, shape and layout of operand i, which can be asked even if its values were changed since.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such operand.</exception>
    public TensorSpec InputSpec(int i) => _node.Inputs[Operand(i)].Spec;

    /// <summary>Operand i, whose values must be those the op saw.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such operand.</exception>
    /// <exception cref="InvalidOperationException">It was changed in place since.</exception>
    public Tensor Input(int i) => _node.Saved(Operand(i));

    /// <summary>Result i, whose values must be those the op gave.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such result.</exception>
    /// <exception cref="InvalidOperationException">It was changed in place since.</exception>
    public Tensor Output(int i) => _node.Saved(_node.Inputs.Count + Result(i));

    /// <summary>The gradient that reached result i: zeros if none did.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such result.</exception>
    public Tensor Upstream(int i) => _upstream[Result(i)] ??= Tensor.Zeros(_node.Outputs[i].Shape, _node.Outputs[i].DType);

    /// <summary>Whether a gradient reached result i.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such result.</exception>
    public bool HasUpstream(int i) => _upstream[Result(i)] is not null;

    /// <summary>
    /// Adds to the gradient of operand i. A gradient in a shape that the operand was stretched to by broadcasting is summed over the
    /// stretched axes on its way.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such operand.</exception>
    /// <exception cref="InvalidOperationException">
    /// The gradient has another type than the operand, or a shape that the operand does not broadcast to.
    /// </exception>
    public void Give(int i, Tensor gradient)
    {
        if (!Needs(i)) return;
        if (gradient is null)
            throw new InvalidOperationException(
                $"The gradient of {_node.Op.Name} gave null for operand {i}; give a tensor, or nothing where the gradient is 0.");
        TensorSpec spec = _node.Inputs[i].Spec;
        bool fits = gradient.DType == spec.DType && Shape.TryBroadcast(spec.Shape, gradient.Shape, out Shape both)
            && both == gradient.Shape;
        if (!fits)
            throw new InvalidOperationException(
                $"The gradient of {_node.Op.Name} gave {gradient.Spec} for operand {i}, which is {spec}; "
                + "a gradient has its operand's type and shape, so mend the op's Grad.");
        _given.Add((i, gradient));
    }

    internal Tensor Input(int i, bool isRead) => isRead ? Input(i) : _node.Inputs[i];

    internal Tensor Output(int i, bool isRead) => isRead ? Output(i) : _node.Outputs[i];

    private int Operand(int i) => OpValues.Place(i, _needs.Length, "operand");

    private int Result(int i) => OpValues.Place(i, _upstream.Length, "result");
}
