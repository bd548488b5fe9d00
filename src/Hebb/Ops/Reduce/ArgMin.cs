namespace Hebb.Ops
{
    /// <summary>y = the place of the smallest element along an axis, the first of equals, as int64; NaN counts as smallest. It has no gradient.</summary>
    public readonly record struct ArgMin(int Axis) : IOp, IKinked
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Extreme.PlaceSpec("ArgMin", inputs[0], Axis);

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) => Extreme.Places(inputs[0], Axis, outputs[0], isLargest: false);

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) { }

        /// <inheritdoc/>
        public Tensor Piece(IReadOnlyList<Tensor> inputs) => inputs[0].Apply(this);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>The place of the smallest element along an axis, the first of equals, as int64; NaN counts as smallest.</summary>
            /// <exception cref="ShapeException">The axis does not exist or is empty, or the tensor is bool.</exception>
            public Tensor ArgMin(int axis, bool keepAxis = false) => Kept(x.Apply(new ArgMin(x.Shape.Axis(axis))), x.Shape.Axis(axis), keepAxis);

            /// <summary>The row-major place of the smallest of all elements, the first of equals; NaN counts as smallest.</summary>
            /// <exception cref="ShapeException">There are no elements, or the tensor is bool.</exception>
            public Tensor ArgMin() => x.Flatten().ArgMin(0);
        }
    }
}
