using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y = whether a &gt; b, broadcast; false where either is NaN.</summary>
    public readonly record struct Greater : IComparison<Greater>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V a, V b) => V.Less(b, a);

        long IIntegerBinary.Whole(long a, long b) => a > b ? 1 : 0;
    }

    /// <summary>y = whether a ≥ b, broadcast; false where either is NaN.</summary>
    public readonly record struct GreaterOrEqual : IComparison<GreaterOrEqual>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V a, V b) => V.LessOrEqual(b, a);

        long IIntegerBinary.Whole(long a, long b) => a >= b ? 1 : 0;
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>Whether a &gt; b, element by element, broadcast, as a bool tensor; false where either is NaN.</summary>
        /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
        public static Tensor operator >(Tensor a, Tensor b) => a.Apply(new Greater(), b);

        /// <summary>Whether a &gt; c, element by element.</summary>
        public static Tensor operator >(Tensor a, double c) => a > a.Like(c);

        /// <summary>Whether c &gt; a, element by element.</summary>
        public static Tensor operator >(double c, Tensor a) => a.Like(c) > a;

        /// <summary>Whether a ≥ b, element by element, broadcast, as a bool tensor; false where either is NaN.</summary>
        /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
        public static Tensor operator >=(Tensor a, Tensor b) => a.Apply(new GreaterOrEqual(), b);

        /// <summary>Whether a ≥ c, element by element.</summary>
        public static Tensor operator >=(Tensor a, double c) => a >= a.Like(c);

        /// <summary>Whether c ≥ a, element by element.</summary>
        public static Tensor operator >=(double c, Tensor a) => a.Like(c) >= a;

        /// <summary>Whether a &lt; b, element by element, broadcast, as a bool tensor; false where either is NaN.</summary>
        /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
        public static Tensor operator <(Tensor a, Tensor b) => a.Apply(new Less(), b);

        /// <summary>Whether a &lt; c, element by element.</summary>
        public static Tensor operator <(Tensor a, double c) => a < a.Like(c);

        /// <summary>Whether c &lt; a, element by element.</summary>
        public static Tensor operator <(double c, Tensor a) => a.Like(c) < a;

        /// <summary>Whether a ≤ b, element by element, broadcast, as a bool tensor; false where either is NaN.</summary>
        /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
        public static Tensor operator <=(Tensor a, Tensor b) => a.Apply(new LessOrEqual(), b);

        /// <summary>Whether a ≤ c, element by element.</summary>
        public static Tensor operator <=(Tensor a, double c) => a <= a.Like(c);

        /// <summary>Whether c ≤ a, element by element.</summary>
        public static Tensor operator <=(double c, Tensor a) => a.Like(c) <= a;
    }
}
