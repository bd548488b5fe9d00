using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// x with source[i] written at the place that is i with position Axis replaced by index[i]; where several meet, the last in row-major
    /// order stays, and it alone has a gradient.
    /// </summary>
    public readonly record struct Scatter(int Axis) : IAnyOp
    {
        (int Least, int Most) IOp.Operands => (3, 3);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            Indexed.Check("Scatter", inputs[0].Shape, Axis, inputs[1]);
            if (inputs[2].Shape != inputs[1].Shape || inputs[2].DType != inputs[0].DType)
                throw new ShapeException($"Scatter got values {inputs[2]} for indices {inputs[1]} into {inputs[0]}; "
                    + "there must be one value of that type for each index.");
            outputs[0] = new TensorSpec(inputs[0].DType, inputs[0].Shape);
        }

        Kernel IAnyKernel.Bind<T>(ref OpCall call)
        {
            (TensorSpec index, TensorSpec y) = (call.Input(1), call.Output(0));
            Kernel copy = Copies.Bind(call.Input(0), y);
            int axis = y.Shape.Axis(Axis), size = y.Shape[axis], step = y.Strides[axis];
            (Dims sizes, Dims places, Dims xs, Dims still) =
                (index.Shape.Sizes, index.Strides, call.Input(2).Strides, y.Strides.With(axis, 0));
            return (in v) =>
            {
                copy(v);
                Indexing.Scatter(sizes, size, step, v.Input<long>(1), places, v.Input<T>(2), xs, v.Output<T>(0), still);
            };
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Tensor dy = flow.Upstream(0), index = flow.Input(1);
            // Who wrote last at each place; -1 where nobody did.
            Tensor number = Tensor.Arange(0, index.Count).Reshape(index.Shape);
            Tensor writer = Tensor.Full(dy.Shape, -1, DType.Int64).Scatter(Axis, index, number);
            if (flow.Needs(0)) flow.Give(0, Tensor.Where(writer < 0, dy, 0));
            if (flow.Needs(2)) flow.Give(2, Tensor.Where(writer.Gather(Axis, index).EqualTo(number), dy.Gather(Axis, index), 0));
        }

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(Scatter), PrintMembers);
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
            /// x with source[i] written at the place that is i with position <paramref name="axis"/> replaced by index[i]; where several
            /// meet, the last in row-major order stays.
            /// </summary>
            /// <exception cref="ShapeException">
            /// The axis does not exist, types differ, or the indices are not int64 or have the wrong shape.
            /// </exception>
            /// <exception cref="ArgumentOutOfRangeException">An index is negative or too large.</exception>
            public Tensor Scatter(int axis, Tensor index, Tensor source) => x.Apply(new Scatter(x.Shape.Axis(axis)), index, source);
        }
    }
}
