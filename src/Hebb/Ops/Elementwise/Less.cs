using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>y = whether a &lt; b, broadcast; false where either is NaN.</summary>
public readonly record struct Less : IComparison<Less>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IBinaryLane.Lane<V>(V a, V b) => V.Less(a, b);

    long IIntegerBinary.Whole(long a, long b) => a < b ? 1 : 0;
}

/// <summary>y = whether a ≤ b, broadcast; false where either is NaN.</summary>
public readonly record struct LessOrEqual : IComparison<LessOrEqual>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    V IBinaryLane.Lane<V>(V a, V b) => V.LessOrEqual(a, b);

    long IIntegerBinary.Whole(long a, long b) => a <= b ? 1 : 0;
}
