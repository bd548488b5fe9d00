using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Sums over the elements of every channel, in an order that depends on the grid alone. With channels outside, element i of a chunk goes to
/// virtual lane i mod L (L = 256 bytes of numbers), lanes are joined in a fixed tree and chunks added in order. With channels last, rows of a
/// chunk are added in order, then chunks in order.
/// </summary>
internal static unsafe class ChannelReduction<T> where T : unmanaged
{
    /// <summary>Virtual lanes: four registers of the widest kind.</summary>
    public static int VirtualLanes => 256 / sizeof(T);

    private const int ChunkElements = 16384;

    /// <summary>Both sums of every channel. <paramref name="mean"/> and <paramref name="scale"/> hold a number a channel, or are null for zeros.</summary>
    public static void Run<TSums>(in ChannelGrid grid, T* a, T* b, T* mean, T* scale, T* first, T* second) where TSums : struct, IChannelSums
    {
        Job<TSums> job = new() { Grid = grid, A = a, B = b, Mean = mean, Scale = scale, Width = Lanes.Width };
        if (grid.IsLast)
        {
            job.Size = Math.Max(1, ChunkElements / grid.Channels);
            job.ChunksPerRun = 1;
            job.Parts = (grid.Runs + job.Size - 1) / job.Size;
        }
        else
        {
            job.Size = ChunkElements;
            job.ChunksPerRun = Math.Max(1, (grid.RunLength + job.Size - 1) / job.Size);
            job.Parts = job.ChunksPerRun * grid.Runs;
        }
        long sums = (long)job.Parts * grid.Channels;
        job.Sums = Scratch.Get<T>(ScratchUse.NormSums, 2 * sums);
        Team.Run(grid.IsLast ? job.Parts : grid.Channels, ref job);
        Combine(job.Sums, job.Parts, grid.Channels, first);
        Combine(job.Sums + sums, job.Parts, grid.Channels, second);
    }

    /// <summary>Adds the parts of each channel in order; parts lie in rows of channels.</summary>
    private static void Combine(T* parts, int count, int channels, T* sums)
    {
        for (int c = 0; c < channels; c++)
        {
            W1<T> sum = W1<T>.Of(0);
            for (int part = 0; part < count; part++) sum += W1<T>.Load(parts + (long)part * channels + c);
            W1<T>.Store(sums + c, sum);
        }
    }

    private struct Job<TSums> : IJob where TSums : struct, IChannelSums
    {
        public ChannelGrid Grid;
        public T* A, B, Mean, Scale, Sums;
        public int Size, ChunksPerRun, Parts, Width;

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

        private readonly void Run<V>(int chunk) where V : struct, ILane<V, T>
        {
            if (Grid.IsLast) Rows<V>(chunk);
            else Channel<V>(chunk);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Rows<V>(int part) where V : struct, ILane<V, T>
        {
            int channels = Grid.Channels;
            long from = (long)part * Size, to = Math.Min(Grid.Runs, from + Size);
            T* first = Sums + (long)part * channels, second = first + (long)Parts * channels;
            int c = 0;
            for (; c + V.Count <= channels; c += V.Count) Columns<V>(c, from, to, first, second);
            for (; c < channels; c++) Columns<W1<T>>(c, from, to, first, second);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Columns<V>(int c, long from, long to, T* first, T* second) where V : struct, ILane<V, T>
        {
            V mean = Mean == null ? V.Of(0) : V.Load(Mean + c), scale = Scale == null ? V.Of(0) : V.Load(Scale + c);
            V one = V.Of(0), two = V.Of(0);
            for (long row = from; row < to; row++)
            {
                long at = row * Grid.Channels + c;
                V a = V.Load(A + at);
                TSums.Step(a, B == null ? a : V.Load(B + at), mean, scale, ref one, ref two);
            }
            V.Store(first + c, one);
            V.Store(second + c, two);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Channel<V>(int c) where V : struct, ILane<V, T>
        {
            T* lanes = stackalloc T[2 * VirtualLanes];
            int part = 0;
            for (int run = 0; run < Grid.Runs; run++)
            {
                long start = (long)run * Grid.RunStride + (long)c * Grid.ChannelStride;
                for (int chunk = 0; chunk < ChunksPerRun; chunk++, part++)
                {
                    int from = chunk * Size, count = Math.Min(Size, Grid.RunLength - from);
                    for (int lane = 0; lane < VirtualLanes; lane += 4 * V.Count) Stripe<V>(c, start + from, count, lane, lanes);
                    Tail(c, start + from, count, lanes);
                    long slot = (long)part * Grid.Channels + c;
                    Sums[slot] = Fold(lanes);
                    Sums[slot + (long)Parts * Grid.Channels] = Fold(lanes + VirtualLanes);
                }
            }
        }

        /// <summary>Four registers of virtual lanes, over the whole blocks of a chunk.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Stripe<V>(int c, long start, int count, int lane, T* lanes) where V : struct, ILane<V, T>
        {
            V mean = Mean == null ? V.Of(0) : V.Broadcast(Mean + c), scale = Scale == null ? V.Of(0) : V.Broadcast(Scale + c);
            V f0 = V.Of(0), f1 = f0, f2 = f0, f3 = f0, s0 = f0, s1 = f0, s2 = f0, s3 = f0;
            T* a = A + start + lane, b = (B == null ? A : B) + start + lane;
            for (int i = 0; i + VirtualLanes <= count; i += VirtualLanes)
            {
                TSums.Step(V.Load(a + i), V.Load(b + i), mean, scale, ref f0, ref s0);
                TSums.Step(V.Load(a + i + V.Count), V.Load(b + i + V.Count), mean, scale, ref f1, ref s1);
                TSums.Step(V.Load(a + i + 2 * V.Count), V.Load(b + i + 2 * V.Count), mean, scale, ref f2, ref s2);
                TSums.Step(V.Load(a + i + 3 * V.Count), V.Load(b + i + 3 * V.Count), mean, scale, ref f3, ref s3);
            }
            T* first = lanes + lane, second = first + VirtualLanes;
            V.Store(first, f0);
            V.Store(first + V.Count, f1);
            V.Store(first + 2 * V.Count, f2);
            V.Store(first + 3 * V.Count, f3);
            V.Store(second, s0);
            V.Store(second + V.Count, s1);
            V.Store(second + 2 * V.Count, s2);
            V.Store(second + 3 * V.Count, s3);
        }

        private readonly void Tail(int c, long start, int count, T* lanes)
        {
            W1<T> mean = Mean == null ? W1<T>.Of(0) : W1<T>.Load(Mean + c), scale = Scale == null ? W1<T>.Of(0) : W1<T>.Load(Scale + c);
            for (int i = count / VirtualLanes * VirtualLanes; i < count; i++)
            {
                T* first = lanes + i % VirtualLanes, second = first + VirtualLanes;
                W1<T> one = W1<T>.Load(first), two = W1<T>.Load(second), a = W1<T>.Load(A + start + i);
                TSums.Step(a, B == null ? a : W1<T>.Load(B + start + i), mean, scale, ref one, ref two);
                W1<T>.Store(first, one);
                W1<T>.Store(second, two);
            }
        }

        private static T Fold(T* lanes)
        {
            for (int half = VirtualLanes / 2; half > 0; half /= 2)
            {
                for (int i = 0; i < half; i++) W1<T>.Store(lanes + i, W1<T>.Load(lanes + i) + W1<T>.Load(lanes + i + half));
            }
            return *lanes;
        }
    }
}
