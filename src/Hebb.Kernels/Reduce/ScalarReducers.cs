using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>y = Σ xᵢ of whole numbers, wrapping at 2^64.</summary>
public readonly struct SumScalar : IScalarReduce<long, long>
{
    /// <inheritdoc/>
    public long Start => 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Step(long a, long x) => a + x;
}

/// <summary>How many of the values are true.</summary>
public readonly struct CountScalar : IScalarReduce<bool, long>
{
    /// <inheritdoc/>
    public long Start => 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Step(long a, bool x) => a + (x ? 1 : 0);
}
