using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Sums over the elements of every channel, in an order that depends on the grid alone. With channels outside, a part is some whole runs or
/// a piece of a long one; element i of a run or piece goes to virtual lane i mod L (L = four times as many as elsewhere), lanes go on from
/// run to run and are joined in a fixed tree at the end of the part. With channels last, the rows of a part are added in order. The sums
/// of parts are joined by <see cref="PartSums{T}"/>. Parts are short, so that long sums keep their digits.
/// </summary>
internal static unsafe class ChannelReduction<T> where T : unmanaged
{
    /// <summary>Four registers of the widest kind, so that their sums do not wait for each other.</summary>
    private static int LaneCount => 4 * VirtualLanes.Count<T>();

    /// <summary>The most numbers of a channel in a part whose sums are results.</summary>
    private const int ShortPart = 2048;

    /// <summary>The most numbers in a part whose sums are corrected afterwards: as many as stay in the cache for that.</summary>
    internal const int LongPart = 16384;

    /// <summary>Rows of so many bytes stay in the first-level cache while their channels are summed.</summary>
    private const int NearBytes = 8192;

    /// <summary>The most channels whose lanes are held at a time.</summary>
    private const int MostChannels = 32;

    /// <summary>
    /// Both sums of every channel. <paramref name="mean"/> and <paramref name="scale"/> hold a number a channel, or are null for zeros.
    /// </summary>
    public static void Run<TSums, TB>(in ChannelGrid grid, T* a, TB b, T* mean, T* scale, T* first, T* second)
        where TSums : struct, IChannelSums where TB : struct, IChannelSource<T>
    {
        Job<TSums, TB> job = Cut<TSums, TB>(grid, a, b, mean, scale, ScratchUse.NormSums, ShortPart);
        Items.Run<Job<TSums, TB>, T>(job, job.Chunks);
        Join(job.Sums, job.Parts, grid.Channels, first, second);
    }

    /// <summary>How the sums are cut into parts: by the grid and the most numbers of a part.</summary>
    internal static Job<TSums, TB> Cut<TSums, TB>(in ChannelGrid grid, T* a, TB b, T* mean, T* scale, ScratchUse use, int most)
        where TSums : struct, IChannelSums where TB : struct, IChannelSource<T>
    {
        Job<TSums, TB> job = new() { Grid = grid, A = a, B = b, Mean = mean, Scale = scale, PieceLength = most };
        (job.Size, job.Pieces, job.Parts, job.ChannelsEach) = Sizes(grid, most);
        job.Sums = Scratch.Get<T>(use, 2L * job.Parts * grid.Channels);
        return job;
    }

    private static (int Size, int Pieces, int Parts, int ChannelsEach) Sizes(in ChannelGrid grid, int most)
    {
        // What goes to one lane, rows or short runs, is added one by one.
        int chain = most / VirtualLanes.Count<T>(), pieces = Math.Max(1, (grid.RunLength + most - 1) / most);
        int size = Math.Clamp(grid.IsLast ? Items.Chunk / grid.Channels : most / Math.Max(1, grid.RunLength), 1, chain);
        int parts = checked((grid.Runs + size - 1) / size * pieces);
        return (size, pieces, parts, grid.IsLast ? grid.Channels
            : Math.Clamp(Items.Chunk / Math.Max(1, grid.Count / Math.Max(1, parts)), 1, MostChannels));
    }

    /// <summary>Both sums of all parts, which lie in rows of channels, the second sums behind the first.</summary>
    private static void Join(T* sums, int parts, int channels, T* first, T* second)
    {
        PartSums<T>.Run(sums, parts, channels, new Span<T>(first, channels));
        PartSums<T>.Run(sums + ((long)parts * channels), parts, channels, new Span<T>(second, channels));
    }

    /// <summary>Sums of parts: a chunk is one part of some channels.</summary>
    internal struct Job<TSums, TB> : IItems<T> where TSums : struct, IChannelSums where TB : struct, IChannelSource<T>
    {
        public ChannelGrid Grid;
        public T* A, Mean, Scale, Sums;
        public TB B;
        public int Size, Pieces, PieceLength, Parts, ChannelsEach;

        /// <summary>The second sums; the first begin at Sums.</summary>
        public readonly T* Seconds => Sums + ((long)Parts * Grid.Channels);

        public readonly int Chunks => checked(Parts * Blocks);

        /// <summary>Groups of channels that a chunk takes together.</summary>
        private readonly int Blocks => (Grid.Channels + ChannelsEach - 1) / ChannelsEach;

        /// <summary>Which part and which channels a chunk is.</summary>
        public readonly int Part(int chunk, out int from, out int to)
        {
            int part = Math.DivRem(chunk, Blocks, out int block);
            from = block * ChannelsEach;
            to = Math.Min(Grid.Channels, from + ChannelsEach);
            return part;
        }

        /// <summary>Numbers of each channel in a part.</summary>
        public readonly int Count(int part) => Pieces > 1
            ? Math.Min(PieceLength, Grid.RunLength - (part % Pieces * PieceLength))
            : Math.Min(Size, Grid.Runs - (part * Size)) * Grid.RunLength;

        public readonly void Run<V>(int chunk, int end) where V : struct, ILane<V, T>
        {
            if (Grid.IsLast)
            {
                Rows<V>(chunk);
                return;
            }

            int part = Part(chunk, out int from, out int to);
            if (Grid.RunLength < LaneCount) ShortRuns<V>(part, from, to);
            else for (int c = from; c < to; c++) LongRuns<V>(c, part);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Rows<V>(int part) where V : struct, ILane<V, T>
        {
            int channels = Grid.Channels;
            long from = (long)part * Size, to = Math.Min(Grid.Runs, from + Size);
            T* first = Sums + (long)part * channels, second = Seconds + (long)part * channels;
            // A few rows at a time are read whole, so that memory is read in its order.
            long rows = channels <= 4 * V.Count ? Size : Math.Max(1, NearBytes / sizeof(T) / channels);
            for (long row = from; row < to; row += rows)
            {
                long end = Math.Min(to, row + rows);
                int c = 0;
                for (; c + 4 * V.Count <= channels; c += 4 * V.Count) FourColumns<V>(c, row, end, first, second, row > from);
                for (; c + V.Count <= channels; c += V.Count) Columns<V>(c, row, end, first, second, row > from);
                for (; c < channels; c++) Columns<W1<T>>(c, row, end, first, second, row > from);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Columns<V>(int c, long from, long to, T* first, T* second, bool goOn) where V : struct, ILane<V, T>
        {
            V mean = Mean == null ? V.Of(0) : V.Load(Mean + c), scale = Scale == null ? V.Of(0) : V.Load(Scale + c);
            TB b = B;
            V one = goOn ? V.Load(first + c) : V.Of(0), two = goOn ? V.Load(second + c) : V.Of(0);
            for (long row = from; row < to; row++)
            {
                long at = row * Grid.Channels + c;
                TSums.Step(V.Load(A + at), b.At<V>(at), mean, scale, ref one, ref two);
            }
            V.Store(first + c, one);
            V.Store(second + c, two);
        }

        /// <summary>Four registers at a time, whose sums do not wait for each other.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void FourColumns<V>(int c, long from, long to, T* first, T* second, bool goOn) where V : struct, ILane<V, T>
        {
            T* mean = Mean == null ? null : Mean + c, scale = Scale == null ? null : Scale + c, one = goOn ? first + c : null,
                two = goOn ? second + c : null;
            V m0 = At<V>(mean, 0), m1 = At<V>(mean, 1), m2 = At<V>(mean, 2), m3 = At<V>(mean, 3);
            V k0 = At<V>(scale, 0), k1 = At<V>(scale, 1), k2 = At<V>(scale, 2), k3 = At<V>(scale, 3);
            V f0 = At<V>(one, 0), f1 = At<V>(one, 1), f2 = At<V>(one, 2), f3 = At<V>(one, 3);
            V s0 = At<V>(two, 0), s1 = At<V>(two, 1), s2 = At<V>(two, 2), s3 = At<V>(two, 3);
            TB b = B;
            long at = (from * Grid.Channels) + c;
            for (long row = from; row < to; row++, at += Grid.Channels)
            {
                T* a = A + at;
                TSums.Step(V.Load(a), b.At<V>(at), m0, k0, ref f0, ref s0);
                TSums.Step(V.Load(a + V.Count), b.At<V>(at + V.Count), m1, k1, ref f1, ref s1);
                TSums.Step(V.Load(a + (2 * V.Count)), b.At<V>(at + (2 * V.Count)), m2, k2, ref f2, ref s2);
                TSums.Step(V.Load(a + (3 * V.Count)), b.At<V>(at + (3 * V.Count)), m3, k3, ref f3, ref s3);
            }
            VirtualLanes.Store(first + c, f0, f1, f2, f3);
            VirtualLanes.Store(second + c, s0, s1, s2, s3);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V At<V>(T* numbers, int register) where V : struct, ILane<V, T> =>
            numbers == null ? V.Of(0) : V.Load(numbers + (register * V.Count));

        /// <summary>
        /// Runs that do not fill the lanes: those of several channels follow each other in memory, so their lanes are held together.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void ShortRuns<V>(int part, int from, int to) where V : struct, ILane<V, T>
        {
            T* all = stackalloc T[2 * LaneCount * (to - from)];
            new Span<T>(all, 2 * LaneCount * (to - from)).Clear();
            int end = Math.Min(Grid.Runs, (part + 1) * Size), length = Grid.RunLength;
            V mask = LastMask<V>();
            ArraySource<T> whole = new(A, Grid.Length);
            for (int run = part * Size; run < end; run++)
            {
                T* lanes = all;
                for (int c = from; c < to; c++, lanes += 2 * LaneCount)
                {
                    V mean = Mean == null ? V.Of(0) : V.Broadcast(Mean + c), scale = Scale == null ? V.Of(0) : V.Broadcast(Scale + c);
                    long start = ((long)run * Grid.RunStride) + ((long)c * Grid.ChannelStride);
                    for (int i = 0; i < length; i += V.Count)
                    {
                        V first = V.Load(lanes + i), second = V.Load(lanes + LaneCount + i);
                        V a = whole.SomeOr(start + i, length - i, mask, mean), b = B.Some(start + i, length - i, mask);
                        TSums.Step(a, b, mean, scale, ref first, ref second);
                        V.Store(lanes + i, first);
                        V.Store(lanes + LaneCount + i, second);
                    }
                }
            }

            for (int c = from; c < to; c++, all += 2 * LaneCount) Keep(c, part, all);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void LongRuns<V>(int c, int part) where V : struct, ILane<V, T>
        {
            T* lanes = stackalloc T[2 * LaneCount];
            for (int lane = 0; lane < LaneCount; lane += 4 * V.Count) Stripe<V>(c, part, lane, lanes);
            Keep(c, part, lanes);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Keep(int c, int part, T* lanes)
        {
            long slot = ((long)part * Grid.Channels) + c;
            Sums[slot] = VirtualLanes.Join<SumLane, T>(lanes, LaneCount);
            Sums[slot + ((long)Parts * Grid.Channels)] = VirtualLanes.Join<SumLane, T>(lanes + LaneCount, LaneCount);
        }

        /// <summary>Four registers of virtual lanes over the runs of a part.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Stripe<V>(int c, int part, int lane, T* lanes) where V : struct, ILane<V, T>
        {
            int run = Pieces > 1 ? part / Pieces : part * Size, end = Pieces > 1 ? run + 1 : Math.Min(Grid.Runs, run + Size);
            int from = part % Pieces * PieceLength, length = Math.Min(PieceLength, Grid.RunLength - from) - lane;
            V mean = Mean == null ? V.Of(0) : V.Broadcast(Mean + c), scale = Scale == null ? V.Of(0) : V.Broadcast(Scale + c);
            V mask = LastMask<V>();
            ArraySource<T> whole = new(A, Grid.Length);
            TB b = B;
            V f0 = V.Of(0), f1 = f0, f2 = f0, f3 = f0, s0 = f0, s1 = f0, s2 = f0, s3 = f0;
            for (; run < end; run++)
            {
                long at = ((long)run * Grid.RunStride) + ((long)c * Grid.ChannelStride) + from + lane;
                T* a = A + at;
                int i = 0;
                for (; i <= length - (4 * V.Count); i += LaneCount)
                {
                    TSums.Step(V.Load(a + i), b.At<V>(at + i), mean, scale, ref f0, ref s0);
                    TSums.Step(V.Load(a + i + V.Count), b.At<V>(at + i + V.Count), mean, scale, ref f1, ref s1);
                    TSums.Step(V.Load(a + i + (2 * V.Count)), b.At<V>(at + i + (2 * V.Count)), mean, scale, ref f2, ref s2);
                    TSums.Step(V.Load(a + i + (3 * V.Count)), b.At<V>(at + i + (3 * V.Count)), mean, scale, ref f3, ref s3);
                }

                // The last block, as far as it reaches; what is missing adds nothing.
                int left = length - i;
                at += i;
                if (left > 0) Rest(whole, at, left, mask, mean, scale, ref f0, ref s0);
                if (left > V.Count) Rest(whole, at + V.Count, left - V.Count, mask, mean, scale, ref f1, ref s1);
                if (left > 2 * V.Count) Rest(whole, at + (2 * V.Count), left - (2 * V.Count), mask, mean, scale, ref f2, ref s2);
                if (left > 3 * V.Count) Rest(whole, at + (3 * V.Count), left - (3 * V.Count), mask, mean, scale, ref f3, ref s3);
            }

            VirtualLanes.Store(lanes + lane, f0, f1, f2, f3);
            VirtualLanes.Store(lanes + lane + LaneCount, s0, s1, s2, s3);
        }

        /// <summary>Where the last register of a run still has numbers.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly V LastMask<V>() where V : struct, ILane<V, T>
        {
            T* numbers = stackalloc T[V.Count];
            for (int i = 0; i < V.Count; i++) W1<T>.Store(numbers + i, W1<T>.Of(i));
            return V.Less(V.Load(numbers), V.Of(Grid.RunLength % V.Count));
        }

        /// <summary>One register of the last block, of which so many numbers count.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private readonly void Rest<V>(
            in ArraySource<T> whole, long at, int count, V mask, V mean, V scale, ref V first, ref V second)
            where V : struct, ILane<V, T> =>
            TSums.Step(whole.SomeOr(at, count, mask, mean), B.Some(at, count, mask), mean, scale, ref first, ref second);
    }
}
