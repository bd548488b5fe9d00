using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The transforms of <see cref="Winograd"/> for one register of channels: each is a product with a small matrix from the left and its
/// transpose from the right, first down the columns and then along the rows.
/// </summary>
/// <remarks>
/// With the points 0, ±a, ±b, ∞ (a = 3/4, b = 3/2): row p of Bᵀ holds the coefficients of the product of (x - q) over the other finite
/// points q, row p of G is (1, p, p²) divided by the product of (p - q), and row p of A is (1, p, p², p³).
/// </remarks>
internal static unsafe class WinogradTransform<V, T> where V : struct, ILane<V, T> where T : unmanaged
{
    private const double A = 0.75, B = 1.5, A2 = A * A, B2 = B * B;
    private const double Zero = A2 * B2, NearA = 2 * A2 * (A2 - B2), NearB = 2 * B2 * (B2 - A2);

    /// <summary>Numbers of working memory that a transform needs.</summary>
    public static int Memory => Winograd.Places * V.Count;

    /// <summary>Bᵀ x B: of so many channels of a patch, 36 rows of transformed numbers that begin <paramref name="step"/> apart.</summary>
    /// <remarks>Channels are the innermost loop, so that few rows are written at a time: a processor keeps few pages at hand.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(T** pixels, nint first, nint channels, T* to, nint step, T* memory)
    {
        nint whole = channels - (channels % V.Count);
        T* row = memory, target = to;
        for (int j = 0; j < 6; j++)
        {
            T* p0 = pixels[j] + first, p1 = pixels[6 + j] + first, p2 = pixels[12 + j] + first;
            T* p3 = pixels[18 + j] + first, p4 = pixels[24 + j] + first, p5 = pixels[30 + j] + first, column = memory + (j * channels);
            for (nint c = 0; c < whole; c += V.Count)
            {
                InputLine(
                    V.Load(p0 + c), V.Load(p1 + c), V.Load(p2 + c), V.Load(p3 + c), V.Load(p4 + c), V.Load(p5 + c), column + c,
                        6 * channels);
            }
        }
        for (int i = 0; i < 6; i++, row += 6 * channels, target += 6 * step)
        {
            for (nint c = 0; c < whole; c += V.Count)
            {
                T* m = row + c;
                InputLine(
                    V.Load(m), V.Load(m + channels), V.Load(m + (2 * channels)), V.Load(m + (3 * channels)), V.Load(m + (4 * channels)),
                    V.Load(m + (5 * channels)), target + c, step);
            }
        }
        // The last register overlaps the one before where registers do not divide the channels.
        if (whole < channels) Input(pixels, first + channels - V.Count, V.Count, to + channels - V.Count, step, memory);
    }

    /// <summary>Aᵀ m A: the outputs of a tile, 16 registers, from 36 sums of products.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(T* sums, nint step, T* tile, T* memory)
    {
        int n = V.Count;
        for (int j = 0; j < 6; j++)
        {
            T* at = sums + (j * step);
            OutputLine(
                V.Load(at), V.Load(at + (6 * step)), V.Load(at + (12 * step)), V.Load(at + (18 * step)), V.Load(at + (24 * step)),
                V.Load(at + (30 * step)), memory + (j * n), 6 * n);
        }
        for (int i = 0; i < 4; i++, memory += 6 * n, tile += 4 * n)
        {
            OutputLine(
                V.Load(memory), V.Load(memory + n), V.Load(memory + (2 * n)), V.Load(memory + (3 * n)), V.Load(memory + (4 * n)),
                V.Load(memory + (5 * n)), tile, n);
        }
    }

    /// <summary>
    /// G w Gᵀ: of so many source channels, 36 rows of transformed numbers that begin <paramref name="step"/> apart. Kernel element i of
    /// channel c is a row of <paramref name="width"/> numbers at c · <paramref name="channelStep"/> + i · <paramref name="fromStep"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weights(T* from, nint fromStep, nint channelStep, nint channels, nint width, T* to, nint step, T* memory)
    {
        nint block = channels * width;
        for (int j = 0; j < 3; j++)
        {
            T* at = from + (j * fromStep), column = memory + (j * block);
            for (nint c = 0; c < channels; c++, at += channelStep, column += width)
            {
                for (nint i = 0; i < width; i += V.Count)
                    WeightLine(V.Load(at + i), V.Load(at + (3 * fromStep) + i), V.Load(at + (6 * fromStep) + i), column + i, 3 * block);
            }
        }
        for (int i = 0; i < 6; i++, memory += 3 * block, to += 6 * step)
        {
            for (nint c = 0; c < block; c += V.Count)
                WeightLine(V.Load(memory + c), V.Load(memory + block + c), V.Load(memory + (2 * block) + c), to + c, step);
        }
    }

    /// <summary>
    /// A dy Aᵀ: of so many channels (whole registers) of a tile, 36 rows of transformed numbers that begin <paramref name="step"/> apart.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OutputGradient(T** pixels, nint first, nint channels, T* to, nint step, T* memory)
    {
        for (int j = 0; j < 4; j++)
        {
            T* p0 = pixels[j] + first, p1 = pixels[4 + j] + first, p2 = pixels[8 + j] + first, p3 = pixels[12 + j] + first;
            T* column = memory + (j * channels);
            for (nint c = 0; c < channels; c += V.Count)
                OutputGradientLine(V.Load(p0 + c), V.Load(p1 + c), V.Load(p2 + c), V.Load(p3 + c), column + c, 4 * channels);
        }
        for (int i = 0; i < 6; i++, memory += 4 * channels, to += 6 * step)
        {
            for (nint c = 0; c < channels; c += V.Count)
            {
                T* m = memory + c;
                OutputGradientLine(V.Load(m), V.Load(m + channels), V.Load(m + (2 * channels)), V.Load(m + (3 * channels)), to + c, step);
            }
        }
    }

    /// <summary>
    /// Gᵀ s G: the gradients of 9 weights, <paramref name="toStep"/> apart, from 36 sums of products; they may be added to what is there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightGradient(T* sums, nint step, T* to, nint toStep, bool add, T* memory)
    {
        int n = V.Count;
        for (int j = 0; j < 6; j++)
        {
            T* at = sums + (j * step);
            WeightGradientLine(
                V.Load(at), V.Load(at + (6 * step)), V.Load(at + (12 * step)), V.Load(at + (18 * step)), V.Load(at + (24 * step)),
                V.Load(at + (30 * step)), memory + (j * n), 6 * n, false);
        }
        for (int i = 0; i < 3; i++, memory += 6 * n, to += 3 * toStep)
        {
            WeightGradientLine(
                V.Load(memory), V.Load(memory + n), V.Load(memory + (2 * n)), V.Load(memory + (3 * n)), V.Load(memory + (4 * n)),
                V.Load(memory + (5 * n)), to, toStep, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void InputLine(V d0, V d1, V d2, V d3, V d4, V d5, T* to, nint step)
    {
        V sum = V.Of(-(A2 + B2)), even, odd;
        V.Store(to, V.Fma(V.Of(Zero), d0, V.Fma(sum, d2, d4)));
        (even, odd) = (V.Fma(V.Of(-B2), d2, d4), V.Fma(V.Of(-B2), d1, d3));
        V.Store(to + step, V.Fma(V.Of(A), odd, even));
        V.Store(to + (2 * step), V.Fma(V.Of(-A), odd, even));
        (even, odd) = (V.Fma(V.Of(-A2), d2, d4), V.Fma(V.Of(-A2), d1, d3));
        V.Store(to + (3 * step), V.Fma(V.Of(B), odd, even));
        V.Store(to + (4 * step), V.Fma(V.Of(-B), odd, even));
        V.Store(to + (5 * step), V.Fma(V.Of(Zero), d1, V.Fma(sum, d3, d5)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputLine(V m0, V m1, V m2, V m3, V m4, V m5, T* to, nint step)
    {
        V evenA = m1 + m2, oddA = m1 - m2, evenB = m3 + m4, oddB = m3 - m4;
        V.Store(to, m0 + evenA + evenB);
        V.Store(to + step, V.Fma(V.Of(B), oddB, V.Of(A) * oddA));
        V.Store(to + (2 * step), V.Fma(V.Of(B2), evenB, V.Of(A2) * evenA));
        V.Store(to + (3 * step), V.Fma(V.Of(B * B2), oddB, V.Fma(V.Of(A * A2), oddA, m5)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WeightLine(V w0, V w1, V w2, T* to, nint step)
    {
        V.Store(to, w0 * V.Of(1 / Zero));
        V even = V.Fma(V.Of(A2), w2, w0);
        V.Store(to + step, V.Fma(V.Of(A), w1, even) * V.Of(1 / NearA));
        V.Store(to + (2 * step), V.Fma(V.Of(-A), w1, even) * V.Of(1 / NearA));
        even = V.Fma(V.Of(B2), w2, w0);
        V.Store(to + (3 * step), V.Fma(V.Of(B), w1, even) * V.Of(1 / NearB));
        V.Store(to + (4 * step), V.Fma(V.Of(-B), w1, even) * V.Of(1 / NearB));
        V.Store(to + (5 * step), w2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputGradientLine(V d0, V d1, V d2, V d3, T* to, nint step)
    {
        V.Store(to, d0);
        V even = V.Fma(V.Of(A2), d2, d0), odd = V.Fma(V.Of(A2), d3, d1);
        V.Store(to + step, V.Fma(V.Of(A), odd, even));
        V.Store(to + (2 * step), V.Fma(V.Of(-A), odd, even));
        (even, odd) = (V.Fma(V.Of(B2), d2, d0), V.Fma(V.Of(B2), d3, d1));
        V.Store(to + (3 * step), V.Fma(V.Of(B), odd, even));
        V.Store(to + (4 * step), V.Fma(V.Of(-B), odd, even));
        V.Store(to + (5 * step), d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WeightGradientLine(V s0, V s1, V s2, V s3, V s4, V s5, T* to, nint step, bool add)
    {
        V evenA = (s1 + s2) * V.Of(1 / NearA), oddA = (s1 - s2) * V.Of(1 / NearA);
        V evenB = (s3 + s4) * V.Of(1 / NearB), oddB = (s3 - s4) * V.Of(1 / NearB);
        V w0 = V.Fma(V.Of(1 / Zero), s0, evenA + evenB), w1 = V.Fma(V.Of(B), oddB, V.Of(A) * oddA);
        V w2 = V.Fma(V.Of(B2), evenB, V.Fma(V.Of(A2), evenA, s5));
        V.Store(to, add ? V.Load(to) + w0 : w0);
        V.Store(to + step, add ? V.Load(to + step) + w1 : w1);
        V.Store(to + (2 * step), add ? V.Load(to + (2 * step)) + w2 : w2);
    }
}
