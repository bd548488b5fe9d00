using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hebb.Kernels;

/// <summary>
/// The inner loops of a reduction over one block of numbers, for one reducer and element type. A block is some rows, given by their
/// distances in bytes from the first number; every width gathers the same numbers in the same order in the same lane.
/// </summary>
internal static unsafe class Fold<TRed, T> where TRed : struct, IReduceLane<TRed> where T : unmanaged
{
    /// <summary>The functions for the width in use now.</summary>
    public static FoldPass Choose()
    {
        AlongFor along = default;
        Lanes.Run<AlongFor, T>(ref along);
        return new() { Size = sizeof(T), Along = along.Pass, Across = &Across, Join = &Join, Finish = &Finish };
    }

    private struct AlongFor : IWidthBody<T>
    {
        public delegate*<FoldBlock*, byte*, void> Pass;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ILane<V, T> => Pass = &Along<V>;
    }

    /// <summary>
    /// Reduces rows of contiguous numbers, for several outputs one step apart. In each row number i belongs to lane i modulo the number of
    /// lanes, and four rounds of lanes are gathered side by side. Of a row shorter than the lanes as much is read as there are lanes.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Along<V>(FoldBlock* block, byte* results) where V : struct, ILane<V, T>
    {
        int count = VirtualLanes.Count<T>();
        T* lanes = stackalloc T[count];
        int length = block->Length, rest = length % count;
        // The last numbers are read with those before them, as one whole set of lanes that ends with the row, and the others masked.
        int back = rest == 0 || length < count ? 0 : count - rest;
        T* masks = (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Masks)) + (back == 0 ? (2 * count) - rest : rest);
        for (int output = 0; output < block->Outputs; output++)
        {
            byte* x = block->X + (output * block->Step);
            for (int lane = 0; lane < count; lane += V.Count)
            {
                V mask = V.Load(masks + lane);
                V a = TRed.Start<V>(), b = a, c = a, d = a;
                for (int row = 0; row < block->Rows; row++)
                {
                    T* p = (T*)(x + block->Offsets[row]) + lane, end = p + length - rest;
                    for (T* last = end - (4 * count); p <= last; p += 4 * count)
                    {
                        a = TRed.Step(a, V.Load(p));
                        b = TRed.Step(b, V.Load(p + count));
                        c = TRed.Step(c, V.Load(p + (2 * count)));
                        d = TRed.Step(d, V.Load(p + (3 * count)));
                    }
                    if (p < end) a = TRed.Step(a, V.Load(p));
                    if (p + count < end) b = TRed.Step(b, V.Load(p + count));
                    if (p + (2 * count) < end) c = TRed.Step(c, V.Load(p + (2 * count)));
                    if (rest == 0) continue;
                    d = V.Select(mask, TRed.Step(d, V.Load(end - back)), d);
                }
                V.Store(lanes + lane, TRed.Join(TRed.Join(a, b), TRed.Join(c, d)));
            }
            ((T*)results)[output] = VirtualLanes.Join<TRed, T>(lanes);
        }
    }

    /// <summary>Reduces one number of each row for contiguous outputs. Row i belongs to round i modulo 4.</summary>
    private static void Across(FoldBlock* block, byte* results)
    {
        AcrossBody body = new(block, (T*)results);
        Lanes.Run<AcrossBody, T>(ref body, block->Outputs);
    }

    private readonly struct AcrossBody(FoldBlock* block, T* results) : IWidthBody<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ILane<V, T> => Across<V>(block, results);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Across<V>(FoldBlock* block, T* results) where V : struct, ILane<V, T>
    {
        nint* offsets = block->Offsets;
        int rows = block->Rows;
        for (int output = 0; output < block->Outputs; output += V.Count)
        {
            if (output > block->Outputs - V.Count) output = block->Outputs - V.Count; // the last overlap those before, with the same bits
            byte* x = block->X + (output * sizeof(T));
            V a = TRed.Start<V>(), b = a, c = a, d = a;
            int row = 0;
            for (; row <= rows - 4; row += 4)
            {
                a = TRed.Step(a, V.Load((T*)(x + offsets[row])));
                b = TRed.Step(b, V.Load((T*)(x + offsets[row + 1])));
                c = TRed.Step(c, V.Load((T*)(x + offsets[row + 2])));
                d = TRed.Step(d, V.Load((T*)(x + offsets[row + 3])));
            }
            if (row < rows) a = TRed.Step(a, V.Load((T*)(x + offsets[row])));
            if (row + 1 < rows) b = TRed.Step(b, V.Load((T*)(x + offsets[row + 1])));
            if (row + 2 < rows) c = TRed.Step(c, V.Load((T*)(x + offsets[row + 2])));
            V.Store(results + output, TRed.Join(TRed.Join(a, b), TRed.Join(c, d)));
        }
    }

    /// <summary>earlier = join(earlier, later), number by number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Join(byte* earlier, byte* later, int n)
    {
        T* a = (T*)earlier, b = (T*)later;
        for (int i = 0; i < n; i++) W1<T>.Store(a + i, TRed.Join(W1<T>.Load(a + i), W1<T>.Load(b + i)));
    }

    /// <summary>y = finish(a), number by number; without a, y = finish(start).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish(byte* gathered, byte* y, nint step, int n)
    {
        W1<T> start = TRed.Start<W1<T>>();
        for (int i = 0; i < n; i++, y += step)
            W1<T>.Store((T*)y, TRed.Finish(gathered == null ? start : W1<T>.Load((T*)gathered + i)));
    }

    /// <summary>No lane, all lanes, no lane: read from some way on, it is a mask of the first or of the last lanes.</summary>
    private static ReadOnlySpan<long> Masks => [0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];
}
