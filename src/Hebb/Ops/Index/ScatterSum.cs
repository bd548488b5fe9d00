using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// Zeros of the target shape to which x[i] is added at the place that is i with position Axis replaced by index[i]; what meets in one
    /// place is added in row-major order, so that the sum is always the same.
    /// </summary>
    public readonly record struct ScatterSum(int Axis, Shape Target) : INumberOp
    {
        (int Least, int Most) IOp.Operands => (2, 2);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            Indexed.Check("ScatterSum", Target, Axis, inputs[1]);
            if (inputs[0].Shape != inputs[1].Shape || inputs[0].DType == DType.Bool)
                throw new ShapeException(
                    $"ScatterSum got values {inputs[0]} for indices {inputs[1]}; there must be one number for each index.");
            outputs[0] = new TensorSpec(inputs[0].DType, Target);
        }

        Kernel INumberKernel.Bind<T>(ref OpCall call)
        {
            (TensorSpec index, TensorSpec y) = (call.Input(1), call.Output(0));
            int axis = y.Shape.Axis(Axis), size = y.Shape[axis], step = y.Strides[axis];
            (Dims sizes, Dims places, Dims xs, Dims still) =
                (index.Shape.Sizes, index.Strides, call.Input(0).Strides, y.Strides.With(axis, 0));
            return (in v) =>
            {
                v.Output<T>(0).Clear();
                Indexing.ScatterAdd(sizes, size, step, v.Input<long>(1), places, v.Input<T>(0), xs, v.Output<T>(0), still);
            };
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Gather(Axis, flow.Input(1)));

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(ScatterSum), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>
            /// x with source[i] added at the place that is i with position <paramref name="axis"/> replaced by index[i]. What meets in one
            /// place is added in row-major order.
            /// </summary>
            /// <exception cref="ShapeException">
            /// The axis does not exist, types differ, or the indices are not int64 or have the wrong shape.
            /// </exception>
            /// <exception cref="ArgumentOutOfRangeException">An index is negative or too large.</exception>
            public Tensor ScatterAdd(int axis, Tensor index, Tensor source) =>
                x + source.Apply(new ScatterSum(x.Shape.Axis(axis), x.Shape), index);
        }
    }
}
