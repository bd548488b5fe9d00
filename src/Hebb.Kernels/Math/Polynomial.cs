using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Pieces of polynomials by Estrin's scheme: about as many operations as Horner's, but a chain of dependent ones less than half as long.
/// The length matters: waiting operations fill the processor's scheduler before it reaches the next element.
/// </summary>
internal static class Polynomial
{
    /// <summary>a + b x</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of2<V>(V x, double a, double b) where V : struct, ILane<V> => V.Fma(V.Of(b), x, V.Of(a));

    /// <summary>a + b x + c x²</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of3<V>(V x, V x2, double a, double b, double c) where V : struct, ILane<V> => V.Fma(V.Of(c), x2, Of2(x, a, b));

    /// <summary>a + b x + c x² + d x³</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of4<V>(V x, V x2, double a, double b, double c, double d) where V : struct, ILane<V> =>
        V.Fma(Of2(x, c, d), x2, Of2(x, a, b));
}
