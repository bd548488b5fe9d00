namespace Hebb.Ops;

/// <summary>
/// An op without inputs that draws floating-point numbers of a shape. They are a function of the key alone, so it has no gradient.
/// </summary>
public interface IRandom : IFloatOp
{
    /// <summary>How many numbers, in which shape.</summary>
    Shape Shape { get; }

    /// <summary>float32 or float64.</summary>
    DType DType { get; }

    /// <summary>Which numbers of which stream.</summary>
    RandomKey Key { get; }

    (int Least, int Most) IOp.Operands => (0, 0);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = DType.IsFloat
        ? new TensorSpec(DType, Shape)
        : throw new ShapeException(
            $"{Name} was asked for numbers of type {DType.Name}, but it draws floating-point numbers; ask for float32 or float64.");

    void IOp.Grad(GradientFlow flow) { }
}
