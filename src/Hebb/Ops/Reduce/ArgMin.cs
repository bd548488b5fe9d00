namespace Hebb.Ops
{
    /// <summary>
    /// y = the place of the smallest element along an axis, the first of equals, as int64; NaN counts as smallest. It has no gradient.
    /// </summary>
    public readonly record struct ArgMin(int Axis) : IArgExtreme
    {
        bool IArgExtreme.IsLargest => false;

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(ArgMin), PrintMembers);
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
            public Tensor ArgMin(int axis, bool keepAxis = false) =>
                Kept(x.Apply(new ArgMin(x.Shape.Axis(axis))), x.Shape.Axis(axis), keepAxis);

            /// <summary>The row-major place of the smallest of all elements, the first of equals; NaN counts as smallest.</summary>
            /// <exception cref="ShapeException">There are no elements, or the tensor is bool.</exception>
            public Tensor ArgMin() => x.Flatten().ArgMin(0);
        }
    }
}
