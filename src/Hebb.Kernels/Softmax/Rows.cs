using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>What softmax needs of one long contiguous row. Results come in every lane of a register.</summary>
internal static unsafe class Rows
{
    /// <summary>The largest number, NaN passed over, or -∞; a row has at least one register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static V Max<V, T>(T* x, int n) where V : struct, ILane<V, T> where T : unmanaged
    {
        V a = V.Of(double.NegativeInfinity), b = a;
        int i = 0;
        for (; i <= n - (2 * V.Count); i += 2 * V.Count)
        {
            a = V.GreaterOf(V.Load(x + i), a);
            b = V.GreaterOf(V.Load(x + i + V.Count), b);
        }

        if (i <= n - V.Count) a = V.GreaterOf(V.Load(x + i), a);
        // What is left, with some numbers a second time.
        a = V.GreaterOf(V.GreaterOf(V.Load(x + n - V.Count), a), b);
        T* lanes = stackalloc T[V.Count];
        V.Store(lanes, a);
        W1<T> max = W1<T>.Load(lanes);
        for (int k = 1; k < V.Count; k++) max = W1<T>.GreaterOf(W1<T>.Load(lanes + k), max);
        // Which zero comes out depends on the width; +0 does not.
        W1<T>.Store(lanes, max + W1<T>.Of(0));
        return V.Broadcast(lanes);
    }

    /// <summary>
    /// Σ e^(x - m) with m at least the largest x, and the rest of it without the terms that are 1, those of the largest; the terms go to y
    /// unless that is null.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static V ExpSum<V, T>(T* x, T* y, int n, V m, out V rest) where V : struct, ILane<V, T> where T : unmanaged
    {
        int count = VirtualLanes.Count<T>(), full = n / count * count;
        T* lanes = stackalloc T[count];
        T* others = stackalloc T[count];
        T* last = stackalloc T[count];
        V zero = V.Of(0), one = V.Of(1);
        VirtualLanes.Pad(x + full, n - full, last, V.Of(double.NegativeInfinity));
        for (int lane = 0; lane < count; lane += V.Count)
        {
            V e = ExpLane.ExpOfNegative(V.Load(last + lane) - m), total = e, other = V.SelectLess(e, one, e, zero);
            V.Store(last + lane, e);
            for (int from = 0; from < full; from += VirtualLanes.BlocksTogether * count)
            {
                int to = Math.Min(full, from + (VirtualLanes.BlocksTogether * count));
                V sum = zero, part = zero;
                for (int i = from + lane; i < to; i += count)
                {
                    e = ExpLane.ExpOfNegative(V.Load(x + i) - m);
                    if (y != null) V.Store(y + i, e);
                    sum += e;
                    part += V.SelectLess(e, one, e, zero);
                }

                total += sum;
                other += part;
            }

            V.Store(lanes + lane, total);
            V.Store(others + lane, other);
        }

        if (y != null) for (int i = full; i < n; i++) y[i] = last[i - full];
        *lanes = VirtualLanes.Join<SumLane, T>(lanes);
        *others = VirtualLanes.Join<SumLane, T>(others);
        rest = V.Broadcast(others);
        return V.Broadcast(lanes);
    }

    /// <summary>y / sum, in place.</summary>
    public static void Divide<V, T>(T* y, int n, V sum) where V : struct, ILane<V, T> where T : unmanaged =>
        Map.Unary(new Times(V.GetLane(V.Of(1) / sum, 0)), new ReadOnlySpan<T>(y, n), new Span<T>(y, n));

    /// <summary>Σ a b, or Σ a where b is null.</summary>
    public static V Dot<V, T>(T* a, T* b, int n) where V : struct, ILane<V, T> where T : unmanaged =>
        b == null ? Sum<V, T, First>(a, a, n, V.Of(0)) : Sum<V, T, Product>(a, b, n, V.Of(0));

    /// <summary>sum + share · x, where a share of 0 adds nothing, also of an infinite x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AddShare<V>(V share, V x, V sum) where V : struct, ILane<V>
    {
        V zero = V.Of(0);
        return V.Fma(share, V.Select(V.Equal(share, zero), zero, x), sum);
    }

    /// <summary>Σ a (b - m), where an a of 0 adds nothing.</summary>
    public static V DotOfDifference<V, T>(T* a, T* b, int n, V m) where V : struct, ILane<V, T> where T : unmanaged =>
        Sum<V, T, ProductOfDifference>(a, b, n, m);

    /// <summary>Σ p over the probabilities up to 1/2: of a row with a larger one all but that.</summary>
    public static V SumOfSmall<V, T>(T* p, int n) where V : struct, ILane<V, T> where T : unmanaged =>
        Sum<V, T, Small>(p, p, n, V.Of(0));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static V Sum<V, T, TTerm>(T* a, T* b, int n, V m) where V : struct, ILane<V, T> where T : unmanaged where TTerm : struct, ITerm
    {
        int count = VirtualLanes.Count<T>(), full = n / count * count;
        T* lanes = stackalloc T[count];
        T* lastA = stackalloc T[count];
        T* lastB = stackalloc T[count];
        VirtualLanes.Pad(a + full, n - full, lastA, V.Of(0));
        VirtualLanes.Pad(b + full, n - full, lastB, m);
        for (int lane = 0; lane < count; lane += V.Count)
        {
            V total = TTerm.Add(V.Load(lastA + lane), V.Load(lastB + lane), m, V.Of(0));
            for (int from = 0; from < full; from += VirtualLanes.BlocksTogether * count)
            {
                int to = Math.Min(full, from + (VirtualLanes.BlocksTogether * count));
                V sum = V.Of(0);
                for (int i = from + lane; i < to; i += count) sum = TTerm.Add(V.Load(a + i), V.Load(b + i), m, sum);
                total += sum;
            }

            V.Store(lanes + lane, total);
        }

        *lanes = VirtualLanes.Join<SumLane, T>(lanes);
        return V.Broadcast(lanes);
    }

    private interface ITerm
    {
        static abstract V Add<V>(V a, V b, V m, V sum) where V : struct, ILane<V>;
    }

    private readonly struct First : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Add<V>(V a, V b, V m, V sum) where V : struct, ILane<V> => a + sum;
    }

    private readonly struct Small : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Add<V>(V a, V b, V m, V sum) where V : struct, ILane<V> => sum + V.SelectLess(V.Of(0.5), a, V.Of(0), a);
    }

    private readonly struct Product : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Add<V>(V a, V b, V m, V sum) where V : struct, ILane<V> => V.Fma(a, b, sum);
    }

    private readonly struct ProductOfDifference : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Add<V>(V a, V b, V m, V sum) where V : struct, ILane<V> => AddShare(a, b - m, sum);
    }
}
