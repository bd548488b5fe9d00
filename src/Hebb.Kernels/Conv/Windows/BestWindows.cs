using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The places at which filters find the most in sequences: of <see cref="WindowsAtPositions"/> those with the largest results among the
/// steps that count. The parts of the sequences that count are laid one after the other, so that one matrix product whose rows overlap
/// computes all their windows and few others.
/// </summary>
internal static unsafe class BestWindows
{
    private const int MostSteps = 1 << 24; // what a float counts

    /// <summary>
    /// places[n, o] = the step p that counts with the largest Σ x[n, p + k - left, c] w[o, k, c], the first of equals; NaN counts as
    /// largest. 0 where no step counts.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Sequences [N, steps, C].</param>
    /// <param name="w">Filters [O, K, C].</param>
    /// <param name="mask">Which steps count, [N, steps]; empty if all do.</param>
    /// <param name="places">Receives the places, [N, O].</param>
    /// <exception cref="ArgumentException">Lengths do not fit, or sequences have no steps or too many.</exception>
    public static void Find<T>(
        in WindowsAtPositions shape, ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<bool> mask, Span<long> places) where T : unmanaged
    {
        WindowsAtPositions s = shape;
        ConvCheck.Length("sequences", x.Length, (long)s.N * s.Steps * s.C);
        ConvCheck.Length("filters", w.Length, (long)s.O * s.K * s.C);
        ConvCheck.Length("places", places.Length, (long)s.N * s.O);
        if (!mask.IsEmpty) ConvCheck.Length("the mask", mask.Length, (long)s.N * s.Steps);
        if (s.Steps is < 1 or > MostSteps || s.K < 1)
            throw new ArgumentException(
                $"Windows of {s.K} steps over {s.Steps} were asked for; there must be at least 1 of each, and at most {MostSteps} steps.");
        if (places.IsEmpty) return;
        int* first = Scratch.Get<int>(ScratchUse.WindowParts, 3L * s.N);
        fixed (T* px = x, pw = w)
        fixed (bool* counts = mask)
        fixed (long* to = places)
        {
            // As much as the sequences need where all steps count, so that it never grows.
            long longest = s.N * (s.Steps + s.K - 1L);
            if (longest > int.MaxValue / Math.Max(1, Math.Max(s.C, s.O)))
                throw new ArgumentException(
                    $"Windows of {s.K} steps over {s.N} sequences of {s.Steps} were asked for, which with what lies around them "
                    + $"are {longest} steps of {s.C} numbers for {s.O} filters; take fewer sequences at a time.");
            Parts parts = new(s, counts, first);
            int total = parts.Find(), rows = Math.Max(0, total - (s.K - 1));
            T* laid = Scratch.Get<T>(ScratchUse.WindowSource, longest * s.C),
                found = Scratch.Get<T>(ScratchUse.WindowProducts, longest * s.O);
            Items.Run<LayBody<T>, T>(new(s, parts, px, laid), s.N, Each(s.Steps * s.C));
            ReadOnlySpan<T> windows = new(laid, total * s.C);
            Gemm.Run(rows, s.O, s.K * s.C, windows, s.C, 1, w, 1, s.K * s.C, new Span<T>(found, rows * s.O), s.O);
            Items.Run<BestBody<T>, T>(new(s, parts, counts, found, to), s.N, Each(s.Steps * s.O));
        }
    }

    private static int Each(int numbers) => Math.Max(1, Items.Chunk / Math.Max(1, numbers));

    /// <summary>
    /// For each sequence its first step that counts, how many steps there are up to the last one, and where its windows lie.
    /// </summary>
    private readonly struct Parts(WindowsAtPositions s, bool* counts, int* numbers)
    {
        /// <summary>How many steps all parts have with what windows see around them.</summary>
        public int Find()
        {
            int at = 0;
            for (int n = 0; n < s.N; n++)
            {
                int first = 0, last = s.Steps - 1;
                if (counts != null)
                {
                    ReadOnlySpan<bool> steps = new(counts + ((nint)n * s.Steps), s.Steps);
                    (first, last) = (Math.Max(0, steps.IndexOf(true)), steps.LastIndexOf(true));
                }
                int count = Math.Max(0, last - first + 1);
                (numbers[3 * n], numbers[(3 * n) + 1], numbers[(3 * n) + 2]) = (first, count, at);
                if (count > 0) at += count + s.K - 1;
            }
            return at;
        }

        public (int First, int Count, int At) this[int n] => (numbers[3 * n], numbers[(3 * n) + 1], numbers[(3 * n) + 2]);
    }

    /// <summary>Lays the parts one after the other.</summary>
    private readonly struct LayBody<T>(WindowsAtPositions s, Parts parts, T* x, T* laid) : IItems<T> where T : unmanaged
    {
        public void Run<V>(int from, int to) where V : struct, ILane<V, T>
        {
            for (int n = from; n < to; n++)
            {
                (int first, int count, int at) = parts[n];
                if (count == 0) continue;
                long start = (long)first - s.Left;
                int length = count + s.K - 1, inside = (int)Math.Clamp(-start, 0, length),
                    end = (int)Math.Clamp(s.Steps - start, inside, length);
                Span<T> part = new(laid + ((nint)at * s.C), length * s.C);
                part[..(inside * s.C)].Clear();
                if (end > inside)
                    new ReadOnlySpan<T>(x + ((((nint)n * s.Steps) + (nint)start + inside) * s.C), (end - inside) * s.C)
                        .CopyTo(part[(inside * s.C)..]);
                part[(end * s.C)..].Clear();
            }
        }
    }

    /// <summary>Finds the largest result of each filter, several filters in a register.</summary>
    private readonly struct BestBody<T>(WindowsAtPositions s, Parts parts, bool* counts, T* found, long* places) : IItems<T>
        where T : unmanaged
    {
        public void Run<V>(int from, int to) where V : struct, ILane<V, T>
        {
            for (int n = from; n < to; n++)
            {
                int o = 0;
                if (s.O >= V.Count)
                {
                    // The last register overlaps the one before where registers do not divide the filters.
                    for (; o < s.O; o += V.Count) Best<V>(n, Math.Min(o, s.O - V.Count));
                }
                for (; o < s.O; o++) Best<W1<T>>(n, o);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Best<V>(int n, int o) where V : struct, ILane<V, T>
        {
            (int first, int count, int at) = parts[n];
            V best = V.Of(double.NegativeInfinity), place = V.Of(first);
            T* row = found + ((nint)at * s.O) + o;
            for (int t = 0; t < count; t++, row += s.O)
            {
                if (counts != null && !counts[((nint)n * s.Steps) + first + t]) continue;
                V value = V.Load(row), better = V.Less(best, value) | (V.Equal(best, best) & ~V.Equal(value, value));
                best = V.Select(better, value, best);
                place = V.Select(better, V.Of(first + t), place);
            }
            for (int lane = 0; lane < V.Count; lane++) places[((nint)n * s.O) + o + lane] = (long)V.GetLane(place, lane);
        }
    }
}
