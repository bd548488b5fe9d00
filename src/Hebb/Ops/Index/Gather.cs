using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y[i] = x[i with position Axis replaced by index[i]]; y has the shape of the indices.</summary>
    public readonly record struct Gather(int Axis) : IAnyOp
    {
        (int Least, int Most) IOp.Operands => (2, 2);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            Indexed.Check("Gather", inputs[0].Shape, Axis, inputs[1]);
            outputs[0] = new TensorSpec(inputs[0].DType, inputs[1].Shape);
        }

        Kernel IAnyKernel.Bind<T>(ref OpCall call)
        {
            (TensorSpec x, TensorSpec index) = (call.Input(0), call.Input(1));
            int axis = x.Shape.Axis(Axis), size = x.Shape[axis], step = x.Strides[axis];
            (Dims sizes, Dims places, Dims still, Dims ys) =
                (index.Shape.Sizes, index.Strides, x.Strides.With(axis, 0), call.Output(0).Strides);
            return (in v) => Indexing.Gather(sizes, size, step, v.Input<long>(1), places, v.Input<T>(0), still, v.Output<T>(0), ys);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) =>
            flow.Give(0, flow.Upstream(0).Apply(new ScatterSum(Axis, flow.InputSpec(0).Shape), flow.Input(1)));

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(Gather), PrintMembers);
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
            /// y[i] = x[i with position <paramref name="axis"/> replaced by index[i]]: one element for each index. The indices have as many
            /// axes as x, and are no longer along the others.
            /// </summary>
            /// <exception cref="ShapeException">The axis does not exist, or the indices are not int64 or have the wrong shape.</exception>
            /// <exception cref="ArgumentOutOfRangeException">An index is negative or too large.</exception>
            public Tensor Gather(int axis, Tensor index) => x.Apply(new Gather(x.Shape.Axis(axis)), index);
        }
    }
}
