namespace Hebb.Ops
{
    /// <summary>
    /// y = the place of the largest element along an axis, the first of equals, as int64; NaN counts as largest. It has no gradient.
    /// </summary>
    public readonly record struct ArgMax(int Axis) : IArgExtreme
    {
        bool IArgExtreme.IsLargest => true;

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(ArgMax), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>The place of the largest element along an axis, the first of equals, as int64; NaN counts as largest.</summary>
            /// <exception cref="ShapeException">The axis does not exist or is empty, or the tensor is bool.</exception>
            public Tensor ArgMax(int axis, bool keepAxis = false) =>
                Kept(x.Apply(new ArgMax(x.Shape.Axis(axis))), x.Shape.Axis(axis), keepAxis);

            /// <summary>The row-major place of the largest of all elements, the first of equals; NaN counts as largest.</summary>
            /// <exception cref="ShapeException">There are no elements, or the tensor is bool.</exception>
            public Tensor ArgMax() => x.Flatten().ArgMax(0);
        }

        private static Tensor Kept(Tensor y, int axis, bool keepAxis) => keepAxis ? y.Unsqueeze(axis) : y;
    }
}
