using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A number that a lane function multiplies or compares with, held in both precisions. Written as a double it would be converted again for
/// every register, and each conversion waits for what its register held before.
/// </summary>
/// <param name="value">The number.</param>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
public readonly struct Coefficient(double value)
{
    internal readonly double Double = value;
    internal readonly float Single = (float)value;

    /// <summary>The number in both precisions.</summary>
    /// <param name="value">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Coefficient(double value) => new(value);
}
