using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = whether a = b, broadcast; false where either is NaN.</summary>
    public readonly record struct Equal : IComparison<Equal>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V a, V b) => V.Equal(a, b);

        long IIntegerBinary.Whole(long a, long b) => a == b ? 1 : 0;
    }

    /// <summary>y = whether a ≠ b, broadcast; true where either is NaN.</summary>
    public readonly record struct NotEqual : IComparison<NotEqual>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V a, V b) => ~V.Equal(a, b);

        long IIntegerBinary.Whole(long a, long b) => a != b ? 1 : 0;
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor a)
        {
            /// <summary>
            /// Whether a = b, element by element, broadcast, as a bool tensor; false where either is NaN.
            /// (The operator == compares references.)
            /// </summary>
            /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
            public Tensor EqualTo(Tensor b) => a.Apply(new Equal(), b);

            /// <summary>Whether a = c, element by element.</summary>
            public Tensor EqualTo(double c) => a.EqualTo(a.Like(c));

            /// <summary>
            /// Whether a ≠ b, element by element, broadcast, as a bool tensor; true where either is NaN.
            /// (The operator != compares references.)
            /// </summary>
            /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
            public Tensor NotEqualTo(Tensor b) => a.Apply(new NotEqual(), b);

            /// <summary>Whether a ≠ c, element by element.</summary>
            public Tensor NotEqualTo(double c) => a.NotEqualTo(a.Like(c));

            /// <summary>Whether an element is NaN.</summary>
            public Tensor IsNaN() => a.NotEqualTo(a);

            /// <summary>Whether an element is neither NaN nor infinite.</summary>
            public Tensor IsFinite() => a.Detach().Abs() < double.PositiveInfinity;
        }
    }
}
