using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>An elementwise function of two operands and of four numbers of the element's channel.</summary>
internal interface IChannelFunction
{
    V Of<V>(V a, V b, V p, V q, V r, V s) where V : struct, ILane<V>;
}

/// <summary>(x - p) · q + r: a normalized, scaled and shifted x.</summary>
internal static class Normalized
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x, V p, V q, V r) where V : struct, ILane<V> => V.Fma(x - p, q, r);
}

/// <summary>f((x - p) · q + r, b): a function of a normalized, scaled and shifted x and of another operand.</summary>
internal readonly struct Normalized<F>(F f) : IChannelFunction where F : struct, IBinaryLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Of<V>(V a, V b, V p, V q, V r, V s) where V : struct, ILane<V> => f.Lane(Normalized.Of(a, p, q, r), b);
}

/// <summary>q · (dy - r - (x - p) · s): the gradient of a normalization, with what its sums say folded into r and s.</summary>
internal readonly struct NormalizedGradient : IChannelFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Of<V>(V a, V b, V p, V q, V r, V s) where V : struct, ILane<V> => q * (b - r - (a - p) * s);
}

/// <summary>Runs a channel function over all elements of a grid.</summary>
internal static unsafe class ChannelMap<T> where T : unmanaged
{
    private const int ChunkElements = 16384;

    // Rows of so many bytes stay in the first-level cache while all their channels are mapped.
    private const int NearBytes = 8192;

    /// <summary>y = f(a, b; p, q, r, s), each of p to s one number a channel.</summary>
    public static void Run<F, TB>(F f, in ChannelGrid grid, T* a, TB b, T* p, T* q, T* r, T* s, T* y)
        where F : struct, IChannelFunction where TB : struct, IChannelSource<T>
    {
        Job<F, TB> job = new() { Function = f, Grid = grid, A = a, B = b, P = p, Q = q, R = r, S = s, Y = y };
        int line = grid.IsLast ? grid.Channels : grid.RunLength;
        job.Lines = grid.IsLast ? grid.Runs : grid.Runs * grid.Channels;
        job.Size = Math.Max(1, ChunkElements / Math.Max(1, line));
        // What sums over the same arrays read last may still be in the cache.
        Items.Run<Job<F, TB>, T>(job, (job.Lines + job.Size - 1) / job.Size, isFromEnd: true);
    }

    private struct Job<F, TB> : IItems<T> where F : struct, IChannelFunction where TB : struct, IChannelSource<T>
    {
        public F Function;
        public TB B;
        public ChannelGrid Grid;
        public T* A, P, Q, R, S, Y;
        public int Lines, Size;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<V>(int chunk, int end) where V : struct, ILane<V, T>
        {
            int to = Math.Min(Lines, (chunk + 1) * Size);
            if (Grid.IsLast)
            {
                Rows<V>(chunk * Size, to);
                return;
            }
            for (int line = chunk * Size; line < to; line++)
            {
                int channel = line % Grid.Channels, run = line / Grid.Channels;
                Line<V>(channel, (long)run * Grid.RunStride + (long)channel * Grid.ChannelStride);
            }
        }

        /// <summary>
        /// Rows in which every element has a channel of its own; four registers of channels at a time keep their numbers.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Rows<V>(int from, int to) where V : struct, ILane<V, T>
        {
            // A few rows at a time are read whole, so that memory is read in its order.
            int rows = Grid.Channels <= 4 * V.Count ? Size : Math.Max(1, NearBytes / sizeof(T) / Grid.Channels);
            for (int row = from; row < to; row += rows)
            {
                int c = 0, end = Math.Min(to, row + rows);
                for (; c + 4 * V.Count <= Grid.Channels; c += 4 * V.Count) FourColumns<V>(c, row, end);
                for (; c + V.Count <= Grid.Channels; c += V.Count) Column<V>(c, row, end);
                for (; c < Grid.Channels; c++) Column<W1<T>>(c, row, end);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void FourColumns<V>(int c, int from, int to) where V : struct, ILane<V, T>
        {
            int n = V.Count, step = Grid.Channels;
            V p0 = V.Load(P + c), p1 = V.Load(P + c + n), p2 = V.Load(P + c + (2 * n)), p3 = V.Load(P + c + (3 * n));
            V q0 = V.Load(Q + c), q1 = V.Load(Q + c + n), q2 = V.Load(Q + c + (2 * n)), q3 = V.Load(Q + c + (3 * n));
            V r0 = V.Load(R + c), r1 = V.Load(R + c + n), r2 = V.Load(R + c + (2 * n)), r3 = V.Load(R + c + (3 * n));
            V s0 = V.Load(S + c), s1 = V.Load(S + c + n), s2 = V.Load(S + c + (2 * n)), s3 = V.Load(S + c + (3 * n));
            (F f, TB b, nint at) = (Function, B, ((nint)from * step) + c);
            for (int row = from; row < to; row++, at += step)
            {
                T* a = A + at, y = Y + at;
                V.Store(y, f.Of(V.Load(a), b.At<V>(at), p0, q0, r0, s0));
                V.Store(y + n, f.Of(V.Load(a + n), b.At<V>(at + n), p1, q1, r1, s1));
                V.Store(y + (2 * n), f.Of(V.Load(a + (2 * n)), b.At<V>(at + (2 * n)), p2, q2, r2, s2));
                V.Store(y + (3 * n), f.Of(V.Load(a + (3 * n)), b.At<V>(at + (3 * n)), p3, q3, r3, s3));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Column<V>(int c, int from, int to) where V : struct, ILane<V, T>
        {
            (F f, TB b) = (Function, B);
            V p = V.Load(P + c), q = V.Load(Q + c), r = V.Load(R + c), s = V.Load(S + c);
            for (int row = from; row < to; row++)
            {
                nint at = ((nint)row * Grid.Channels) + c;
                V.Store(Y + at, f.Of(V.Load(A + at), b.At<V>(at), p, q, r, s));
            }
        }

        /// <summary>A run in which all elements have the same channel.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Line<V>(int channel, long at) where V : struct, ILane<V, T>
        {
            (F f, TB b) = (Function, B);
            V p = V.Broadcast(P + channel), q = V.Broadcast(Q + channel), r = V.Broadcast(R + channel), s = V.Broadcast(S + channel);
            int i = 0;
            for (; i + V.Count <= Grid.RunLength; i += V.Count)
                V.Store(Y + at + i, f.Of(V.Load(A + at + i), b.At<V>(at + i), p, q, r, s));
            W1<T> p1 = W1<T>.Load(P + channel), q1 = W1<T>.Load(Q + channel), r1 = W1<T>.Load(R + channel), s1 = W1<T>.Load(S + channel);
            for (; i < Grid.RunLength; i++)
                W1<T>.Store(Y + at + i, f.Of(W1<T>.Load(A + at + i), b.At<W1<T>>(at + i), p1, q1, r1, s1));
        }
    }
}
