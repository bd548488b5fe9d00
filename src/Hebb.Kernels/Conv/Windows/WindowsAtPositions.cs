using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A correlation of sequences with filters at one place for each sequence and filter, as a maximum over time picks them: what a convolution
/// computes everywhere costs here, with its gradients, a window for each result. Sequences are [N, steps, C], filters [O, K, C], places and
/// results [N, O]; window p of a sequence begins <see cref="Left"/> steps before step p, and what lies outside the sequence counts as 0.
/// All arrays are row-major. Results are the same bits for any lane width and number of threads.
/// </summary>
/// <param name="N">Sequences.</param>
/// <param name="Steps">The steps of each.</param>
/// <param name="C">The numbers of a step.</param>
/// <param name="O">Filters.</param>
/// <param name="K">The steps of a filter.</param>
/// <param name="Left">How many steps a window begins before its place.</param>
internal readonly unsafe record struct WindowsAtPositions(int N, int Steps, int C, int O, int K, int Left)
{
    private const int FiltersTogether = 8;

    /// <summary>y[n, o] = Σ x[n, p + k - left, c] w[o, k, c] over k and c, with p = places[n, o]</summary>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A place is no step.</exception>
    public void Forward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<long> places, Span<T> y) where T : unmanaged
    {
        Check(x.Length, w.Length, places, y.Length);
        fixed (T* px = x, pw = w, py = y)
        fixed (long* at = places)
            Items.Run<ForwardBody<T>, T>(new(this, px, pw, at, py), N, Math.Max(1, Items.Chunk / Math.Max(1, O * K * C)));
    }

    /// <summary>dx[n, p + k - left, c] = Σ dy[n, o] w[o, k, c] over o, with p = places[n, o]; filters are added in order.</summary>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A place is no step.</exception>
    public void InputGradient<T>(ReadOnlySpan<T> dy, ReadOnlySpan<T> w, ReadOnlySpan<long> places, Span<T> dx) where T : unmanaged
    {
        Check(dx.Length, w.Length, places, dy.Length);
        fixed (T* pdy = dy, pw = w, pdx = dx)
        fixed (long* at = places)
            Items.Run<InputBody<T>, T>(new(this, pdy, pw, at, pdx), N, Math.Max(1, Items.Chunk / Math.Max(1, O * K * C)));
    }

    /// <summary>dw[o, k, c] = Σ dy[n, o] x[n, p + k - left, c] over n, with p = places[n, o]; sequences are added in order.</summary>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A place is no step.</exception>
    public void WeightGradient<T>(ReadOnlySpan<T> dy, ReadOnlySpan<T> x, ReadOnlySpan<long> places, Span<T> dw) where T : unmanaged
    {
        Check(x.Length, dw.Length, places, dy.Length);
        fixed (T* pdy = dy, px = x, pdw = dw)
        fixed (long* at = places)
            Items.Run<WeightBody<T>, T>(new(this, pdy, px, at, pdw), O, FiltersTogether);
    }

    private void Check(int x, int w, ReadOnlySpan<long> places, int y)
    {
        ConvCheck.Length("sequences", x, (long)N * Steps * C);
        ConvCheck.Length("filters", w, (long)O * K * C);
        ConvCheck.Length("places", places.Length, (long)N * O);
        ConvCheck.Length("results", y, (long)N * O);
        foreach (long place in places)
        {
            if ((ulong)place >= (ulong)Steps)
                throw new ArgumentOutOfRangeException(nameof(places),
                    $"The place {place} was given for sequences of {Steps} steps; {PlacesText.Of("places go from", Steps)}.");
        }
    }

    /// <summary>
    /// The part of a window that lies in its sequence: where it begins in the sequence and in the filter, and how many numbers it has.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (nint InSequence, nint InFilter, int Count) Part(long place)
    {
        long first = place - Left, from = Math.Clamp(first, 0, Steps), to = Math.Clamp(first + K, from, Steps);
        return ((nint)from * C, to == from ? 0 : (nint)(from - first) * C, (int)(to - from) * C);
    }

    private readonly struct ForwardBody<T>(WindowsAtPositions s, T* x, T* w, long* places, T* y) : IItems<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>(int from, int to) where V : struct, ILane<V, T>
        {
            T* sum = stackalloc T[V.Count];
            for (int n = from; n < to; n++)
            {
                for (int o = 0; o < s.O; o++)
                {
                    nint result = ((nint)n * s.O) + o;
                    (nint inSequence, nint inFilter, int count) = s.Part(places[result]);
                    V.Store(sum, Rows.Dot<V, T>(x + ((nint)n * s.Steps * s.C) + inSequence, w + ((nint)o * s.K * s.C) + inFilter, count));
                    y[result] = *sum;
                }
            }
        }
    }

    private readonly struct InputBody<T>(WindowsAtPositions s, T* dy, T* w, long* places, T* dx) : IItems<T> where T : unmanaged
    {
        public void Run<V>(int from, int to) where V : struct, ILane<V, T>
        {
            for (int n = from; n < to; n++)
            {
                T* sequence = dx + ((nint)n * s.Steps * s.C);
                new Span<T>(sequence, s.Steps * s.C).Clear();
                for (int o = 0; o < s.O; o++)
                {
                    nint result = ((nint)n * s.O) + o;
                    (nint inSequence, nint inFilter, int count) = s.Part(places[result]);
                    Add<V, T>(count, dy + result, w + ((nint)o * s.K * s.C) + inFilter, sequence + inSequence);
                }
            }
        }
    }

    private readonly struct WeightBody<T>(WindowsAtPositions s, T* dy, T* x, long* places, T* dw) : IItems<T> where T : unmanaged
    {
        public void Run<V>(int from, int to) where V : struct, ILane<V, T>
        {
            new Span<T>(dw + ((nint)from * s.K * s.C), (to - from) * s.K * s.C).Clear();
            for (int n = 0; n < s.N; n++)
            {
                for (int o = from; o < to; o++)
                {
                    nint result = ((nint)n * s.O) + o;
                    (nint inSequence, nint inFilter, int count) = s.Part(places[result]);
                    Add<V, T>(count, dy + result, x + ((nint)n * s.Steps * s.C) + inSequence, dw + ((nint)o * s.K * s.C) + inFilter);
                }
            }
        }
    }

    /// <summary>y += a x</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<V, T>(int count, T* a, T* x, T* y) where V : struct, ILane<V, T> where T : unmanaged
    {
        V factor = V.Broadcast(a);
        int i = 0;
        for (; i <= count - (2 * V.Count); i += 2 * V.Count)
        {
            V.Store(y + i, V.Fma(factor, V.Load(x + i), V.Load(y + i)));
            V.Store(y + i + V.Count, V.Fma(factor, V.Load(x + i + V.Count), V.Load(y + i + V.Count)));
        }
        for (W1<T> one = W1<T>.Broadcast(a); i < count; i++) W1<T>.Store(y + i, W1<T>.Fma(one, W1<T>.Load(x + i), W1<T>.Load(y + i)));
    }
}
