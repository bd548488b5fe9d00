using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>y = the place of the most extreme element along an axis, the first of equals, as int64. It has no gradient.</summary>
public interface IArgExtreme : INumberOp, IKinked
{
    /// <summary>The axis.</summary>
    int Axis { get; }

    /// <summary>Whether the largest element is looked for, or the smallest.</summary>
    bool IsLargest { get; }

    (int Least, int Most) IOp.Operands => (1, 1);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = ArgExtreme.IndexSpec(Name, inputs[0], Axis);

    Kernel INumberKernel.Bind<T>(ref OpCall call)
    {
        TensorSpec x = call.Input(0);
        int axis = x.Shape.Axis(Axis), size = x.Shape[axis], step = x.Strides[axis];
        (Dims sizes, Dims strides) = (x.Shape.Sizes.Without(axis), x.Strides.Without(axis));
        return IsLargest
            ? (in v) => Extremes.ArgMax(sizes, size, step, v.Input<T>(0), strides, v.Output<long>(0))
            : (in v) => Extremes.ArgMin(sizes, size, step, v.Input<T>(0), strides, v.Output<long>(0));
    }

    void IOp.Grad(GradientFlow flow) { }

    Tensor IKinked.Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => outputs[0];
}
