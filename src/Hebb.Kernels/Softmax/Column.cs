using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>What softmax needs of a register of columns: each lane goes along its own column, whose numbers are a step apart.</summary>
/// <remarks>These are calls: the compiler gives up inlining in a method that holds too many lane operations.</remarks>
internal static unsafe class Column
{
    /// <summary>The largest numbers, NaN passed over, or -∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static V Max<V, T>(T* x, nint step, int axis) where V : struct, ILane<V, T> where T : unmanaged
    {
        V max = V.Of(double.NegativeInfinity);
        for (nint i = 0; i < axis; i++) max = V.GreaterOf(V.Load(x + (i * step)), max);
        return max;
    }

    /// <summary>
    /// Σ e^(x - m) with m at least the largest x, and the rest of it without the terms that are 1, those of the largest; the terms go to y
    /// unless that is null.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static V ExpSum<V, T>(T* x, T* y, nint step, int axis, V m, out V rest) where V : struct, ILane<V, T> where T : unmanaged
    {
        V sum = V.Of(0), others = sum, zero = sum, one = V.Of(1);
        for (nint i = 0; i < axis; i++)
        {
            V e = ExpLane.ExpOfNegative(V.Load(x + (i * step)) - m);
            if (y != null) V.Store(y + (i * step), e);
            sum += e;
            others += V.SelectLess(e, one, e, zero);
        }

        rest = others;
        return sum;
    }

    /// <summary>ln Σ e^(x - m): ln(1 + rest) where only the largest counts for much, which the sum has rounded away beside its 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V LogSum<V>(V sum, V rest) where V : struct, ILane<V> => V.SelectLess(sum, V.Of(1.5), V.Log1p(rest), V.Log(sum));

    /// <summary>y / sum, in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Divide<V, T>(T* y, nint step, int axis, V sum) where V : struct, ILane<V, T> where T : unmanaged
    {
        V scale = V.Of(1) / sum;
        for (nint i = 0; i < axis; i++) V.Store(y + (i * step), V.Load(y + (i * step)) * scale);
    }

    /// <summary>Σ a b, or Σ a where b is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static V Dot<V, T>(T* a, T* b, nint step, int axis) where V : struct, ILane<V, T> where T : unmanaged
    {
        V sum = V.Of(0);
        if (b == null) for (nint i = 0; i < axis; i++) sum += V.Load(a + (i * step));
        else for (nint i = 0; i < axis; i++) sum = V.Fma(V.Load(a + (i * step)), V.Load(b + (i * step)), sum);
        return sum;
    }
}
