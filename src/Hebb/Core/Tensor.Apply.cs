namespace Hebb;

public partial class Tensor
{
    /// <summary>
    /// Runs an op with this tensor as its first operand and returns its first result: the door through which ops from any assembly enter.
    /// </summary>
    /// <exception cref="ShapeException">The operands do not fit the op.</exception>
    public Tensor Apply(IOp op, params ReadOnlySpan<Tensor> others) => ApplyAll(op, others)[0];

    /// <inheritdoc cref="Apply(IOp, ReadOnlySpan{Tensor})"/>
    public Tensor Apply(IOp op, params Tensor[] others) => Apply(op, (ReadOnlySpan<Tensor>)others);

    /// <summary>Runs an op with this tensor as its first operand and returns all its results.</summary>
    /// <exception cref="ShapeException">The operands do not fit the op.</exception>
    public Tensor[] ApplyAll(IOp op, params ReadOnlySpan<Tensor> others)
    {
        ArgumentNullException.ThrowIfNull(op);
        switch (others.Length)
        {
            case 0: return Engine.Apply(op, [this]);
            case 1: return Engine.Apply(op, [this, others[0]]);
            case 2: return Engine.Apply(op, [this, others[0], others[1]]);
            default:
                Tensor[] all = new Tensor[others.Length + 1];
                all[0] = this;
                others.CopyTo(all.AsSpan(1));
                return Engine.Apply(op, all);
        }
    }

    /// <inheritdoc cref="ApplyAll(IOp, ReadOnlySpan{Tensor})"/>
    public Tensor[] ApplyAll(IOp op, params Tensor[] others) => ApplyAll(op, (ReadOnlySpan<Tensor>)others);

    /// <summary>A constant of this tensor's type that broadcasts with it.</summary>
    internal Tensor Like(double value) => Tensor.Full(Shape.Scalar, value, DType);
}
