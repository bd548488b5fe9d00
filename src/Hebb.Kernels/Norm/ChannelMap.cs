using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>An elementwise function of two operands and of four numbers of the element's channel.</summary>
internal interface IChannelFunction
{
    static abstract V Of<V>(V a, V b, V p, V q, V r, V s) where V : struct, ILane<V>;
}

/// <summary>(x - p) · q + r: a normalised, scaled and shifted x.</summary>
internal readonly struct Normalised : IChannelFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V a, V b, V p, V q, V r, V s) where V : struct, ILane<V> => V.Fma(a - p, q, r);
}

/// <summary>q · (dy - r - (x - p) · s): the gradient of a normalisation, with what its sums say folded into r and s.</summary>
internal readonly struct NormalisedGradient : IChannelFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V a, V b, V p, V q, V r, V s) where V : struct, ILane<V> => q * (b - r - (a - p) * s);
}

/// <summary>Runs a channel function over all elements of a grid.</summary>
internal static unsafe class ChannelMap<T> where T : unmanaged
{
    private const int ChunkElements = 16384;

    /// <summary>y = f(a, b; p, q, r, s), each of p to s one number a channel; <paramref name="b"/> may be null when f ignores it.</summary>
    public static void Run<F>(in ChannelGrid grid, T* a, T* b, T* p, T* q, T* r, T* s, T* y) where F : struct, IChannelFunction
    {
        Job<F> job = new() { Grid = grid, A = a, B = b == null ? a : b, P = p, Q = q, R = r, S = s, Y = y, Width = Lanes.Width };
        int line = grid.IsLast ? grid.Channels : grid.RunLength;
        job.Lines = grid.IsLast ? grid.Runs : grid.Runs * grid.Channels;
        job.Size = Math.Max(1, ChunkElements / Math.Max(1, line));
        Team.Run((job.Lines + job.Size - 1) / job.Size, ref job);
    }

    private struct Job<F> : IJob where F : struct, IChannelFunction
    {
        public ChannelGrid Grid;
        public T* A, B, P, Q, R, S, Y;
        public int Lines, Size, Width;

        public readonly void Run(int chunk)
        {
            switch (Width)
            {
                case 512: Run<W512<T>>(chunk); break;
                case 256: Run<W256<T>>(chunk); break;
                case 128: Run<W128<T>>(chunk); break;
                default: Run<W1<T>>(chunk); break;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Run<V>(int chunk) where V : struct, ILane<V, T>
        {
            int to = Math.Min(Lines, (chunk + 1) * Size);
            for (int line = chunk * Size; line < to; line++)
            {
                if (Grid.IsLast)
                {
                    Row<V>((long)line * Grid.Channels);
                    continue;
                }
                int channel = line % Grid.Channels, run = line / Grid.Channels;
                Line<V>(channel, (long)run * Grid.RunStride + (long)channel * Grid.ChannelStride);
            }
        }

        /// <summary>A row in which every element has a channel of its own.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Row<V>(long at) where V : struct, ILane<V, T>
        {
            int c = 0;
            for (; c + V.Count <= Grid.Channels; c += V.Count)
                V.Store(Y + at + c, F.Of(V.Load(A + at + c), V.Load(B + at + c), V.Load(P + c), V.Load(Q + c), V.Load(R + c), V.Load(S + c)));
            for (; c < Grid.Channels; c++)
            {
                W1<T>.Store(Y + at + c, F.Of(
                    W1<T>.Load(A + at + c), W1<T>.Load(B + at + c), W1<T>.Load(P + c), W1<T>.Load(Q + c), W1<T>.Load(R + c), W1<T>.Load(S + c)));
            }
        }

        /// <summary>A run in which all elements have the same channel.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Line<V>(int channel, long at) where V : struct, ILane<V, T>
        {
            V p = V.Broadcast(P + channel), q = V.Broadcast(Q + channel), r = V.Broadcast(R + channel), s = V.Broadcast(S + channel);
            int i = 0;
            for (; i + V.Count <= Grid.RunLength; i += V.Count) V.Store(Y + at + i, F.Of(V.Load(A + at + i), V.Load(B + at + i), p, q, r, s));
            W1<T> p1 = W1<T>.Load(P + channel), q1 = W1<T>.Load(Q + channel), r1 = W1<T>.Load(R + channel), s1 = W1<T>.Load(S + channel);
            for (; i < Grid.RunLength; i++) W1<T>.Store(Y + at + i, F.Of(W1<T>.Load(A + at + i), W1<T>.Load(B + at + i), p1, q1, r1, s1));
        }
    }
}
