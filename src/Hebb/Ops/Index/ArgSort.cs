using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y[k] = the place of the element that comes k-th in order along an axis, as int64. Equals keep their order, -0 equals 0, NaN counts
    /// as largest. It has no gradient.
    /// </summary>
    public readonly record struct ArgSort(int Axis, bool IsDescending) : INumberOp, IKinked
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            inputs[0].Shape.Axis(Axis);
            if (inputs[0].DType == DType.Bool)
                throw new ShapeException($"ArgSort got {inputs[0]}, but truth values have no order; Cast(DType.Int64) first.");
            outputs[0] = new TensorSpec(DType.Int64, inputs[0].Shape);
        }

        Kernel INumberKernel.Bind<T>(ref OpCall call)
        {
            (TensorSpec x, bool isDescending) = (call.Input(0), IsDescending);
            int axis = x.Shape.Axis(Axis), size = x.Shape[axis];
            (Dims sizes, Dims xs, Dims ys) = (x.Shape.Sizes.Without(axis), x.Strides, call.Output(0).Strides);
            (int xStep, int yStep, Dims xRest, Dims yRest) = (xs[axis], ys[axis], xs.Without(axis), ys.Without(axis));
            return (in v) => Sorting.ArgSort(sizes, size, xStep, v.Input<T>(0), xRest, yStep, v.Output<long>(0), yRest, isDescending);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) { }

        /// <inheritdoc/>
        public Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => outputs[0];

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(ArgSort), PrintMembers);
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
            /// The place of the element that comes k-th in order along an axis. Equals keep their order; NaN counts as largest.
            /// </summary>
            /// <exception cref="ShapeException">The axis does not exist, or the tensor is bool.</exception>
            public Tensor ArgSort(int axis = -1, bool descending = false) => x.Apply(new ArgSort(x.Shape.Axis(axis), descending));

            /// <summary>
            /// The elements in order along an axis, and where each came from. Equals keep their order; NaN counts as largest.
            /// </summary>
            /// <exception cref="ShapeException">The axis does not exist, or the tensor is bool.</exception>
            public (Tensor Values, Tensor Indices) Sort(int axis = -1, bool descending = false)
            {
                Tensor places = x.ArgSort(axis, descending);
                return (x.Gather(axis, places), places);
            }

            /// <summary>
            /// The k largest (or smallest) elements along an axis, the most extreme first, and where they are;
            /// the earlier of equals comes first.
            /// </summary>
            /// <exception cref="ShapeException">The axis does not exist or has fewer than k elements, or the tensor is bool.</exception>
            public (Tensor Values, Tensor Indices) TopK(int k, int axis = -1, bool largest = true)
            {
                Tensor places = x.ArgSort(axis, descending: largest).Narrow(axis, 0, k);
                return (x.Gather(axis, places), places);
            }
        }
    }
}
