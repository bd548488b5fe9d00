using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The inner loops of a reduction over one block of numbers, for one reducer and element type. A block is some rows, given by their
/// distances in bytes from the first number; every width gathers the same numbers in the same order in the same lane.
/// </summary>
internal static unsafe class Fold<TRed, T> where TRed : struct, IReduceLane where T : unmanaged
{
    /// <summary>How many virtual lanes there are: 16 floats or 8 doubles.</summary>
    private static int VirtualLanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Pass.RegisterBytes / sizeof(T);
    }

    /// <summary>The functions for the width in use now.</summary>
    public static FoldPass Choose(void* reducer) => new()
    {
        Reducer = reducer,
        Size = sizeof(T),
        Along = Lanes.Width switch
        {
            512 => &Along<W512<T>>,
            256 => &Along<W256<T>>,
            128 => &Along<W128<T>>,
            _ => &Along<W1<T>>,
        },
        Across = &Across,
        Join = &Join,
        Finish = &Finish,
    };

    /// <summary>
    /// Reduces rows of contiguous numbers, for several outputs one step apart. In each row number i belongs to lane i modulo the number of
    /// lanes, and four rounds of lanes are gathered side by side. Of a row shorter than the lanes as much is read as there are lanes.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Along<V>(void* reducer, FoldBlock* block, byte* results) where V : struct, ILane<V, T>
    {
        TRed red = Unsafe.AsRef<TRed>(reducer);
        T* lanes = stackalloc T[VirtualLanes], masks = stackalloc T[VirtualLanes];
        int length = block->Length, rest = length % VirtualLanes;
        // The last numbers are read with those before them, as one whole set of lanes that ends with the row, and the others masked.
        int back = rest == 0 || length < VirtualLanes ? 0 : VirtualLanes - rest;
        if (rest != 0) Masks(masks, back, back + rest);
        for (int output = 0; output < block->Outputs; output++)
        {
            byte* x = block->X + (output * block->Step);
            for (int lane = 0; lane < VirtualLanes; lane += V.Count)
            {
                V mask = V.Load(masks + lane);
                V a = red.Start<V>(), b = a, c = a, d = a;
                for (int row = 0; row < block->Rows; row++)
                {
                    T* p = (T*)(x + block->Offsets[row]) + lane, end = p + length - rest;
                    for (T* last = end - (4 * VirtualLanes); p <= last; p += 4 * VirtualLanes)
                    {
                        a = red.Step(a, V.Load(p));
                        b = red.Step(b, V.Load(p + VirtualLanes));
                        c = red.Step(c, V.Load(p + (2 * VirtualLanes)));
                        d = red.Step(d, V.Load(p + (3 * VirtualLanes)));
                    }
                    if (p < end) a = red.Step(a, V.Load(p));
                    if (p + VirtualLanes < end) b = red.Step(b, V.Load(p + VirtualLanes));
                    if (p + (2 * VirtualLanes) < end) c = red.Step(c, V.Load(p + (2 * VirtualLanes)));
                    if (rest == 0) continue;
                    d = V.Select(mask, red.Step(d, V.Load(end - back)), d);
                }
                V.Store(lanes + lane, red.Join(red.Join(a, b), red.Join(c, d)));
            }
            ((T*)results)[output] = Tree(red, lanes);
        }
    }

    /// <summary>Reduces one number of each row for contiguous outputs. Row i belongs to round i modulo 4.</summary>
    private static void Across(void* reducer, FoldBlock* block, byte* results)
    {
        int width = Math.Min(Lanes.Width, block->Outputs * sizeof(T) * 8);
        if (width >= 512) Across<W512<T>>(reducer, block, (T*)results);
        else if (width >= 256) Across<W256<T>>(reducer, block, (T*)results);
        else if (width >= 128) Across<W128<T>>(reducer, block, (T*)results);
        else Across<W1<T>>(reducer, block, (T*)results);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Across<V>(void* reducer, FoldBlock* block, T* results) where V : struct, ILane<V, T>
    {
        TRed red = Unsafe.AsRef<TRed>(reducer);
        nint* offsets = block->Offsets;
        int rows = block->Rows;
        for (int output = 0; output < block->Outputs; output += V.Count)
        {
            if (output > block->Outputs - V.Count) output = block->Outputs - V.Count; // the last overlap those before, with the same bits
            byte* x = block->X + (output * sizeof(T));
            V a = red.Start<V>(), b = a, c = a, d = a;
            int row = 0;
            for (; row <= rows - 4; row += 4)
            {
                a = red.Step(a, V.Load((T*)(x + offsets[row])));
                b = red.Step(b, V.Load((T*)(x + offsets[row + 1])));
                c = red.Step(c, V.Load((T*)(x + offsets[row + 2])));
                d = red.Step(d, V.Load((T*)(x + offsets[row + 3])));
            }
            if (row < rows) a = red.Step(a, V.Load((T*)(x + offsets[row])));
            if (row + 1 < rows) b = red.Step(b, V.Load((T*)(x + offsets[row + 1])));
            if (row + 2 < rows) c = red.Step(c, V.Load((T*)(x + offsets[row + 2])));
            V.Store(results + output, red.Join(red.Join(a, b), red.Join(c, d)));
        }
    }

    /// <summary>earlier = join(earlier, later), number by number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Join(void* reducer, byte* earlier, byte* later, int n)
    {
        TRed red = Unsafe.AsRef<TRed>(reducer);
        T* a = (T*)earlier, b = (T*)later;
        for (int i = 0; i < n; i++) W1<T>.Store(a + i, red.Join(W1<T>.Load(a + i), W1<T>.Load(b + i)));
    }

    /// <summary>y = finish(a), number by number; without a, y = finish(start).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish(void* reducer, byte* gathered, byte* y, nint step, int n)
    {
        TRed red = Unsafe.AsRef<TRed>(reducer);
        W1<T> start = red.Start<W1<T>>();
        for (int i = 0; i < n; i++, y += step)
            W1<T>.Store((T*)y, red.Finish(gathered == null ? start : W1<T>.Load((T*)gathered + i)));
    }

    /// <summary>Masks of the lanes [from, to).</summary>
    private static void Masks(T* masks, int from, int to)
    {
        for (int lane = 0; lane < VirtualLanes; lane++)
        {
            W1<T> number = W1<T>.Of(lane);
            W1<T>.Store(masks + lane, W1<T>.LessOrEqual(W1<T>.Of(from), number) & W1<T>.Less(number, W1<T>.Of(to)));
        }
    }

    /// <summary>Joins the lanes: each of the lower half with its partner in the upper half, again and again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Tree(TRed red, T* lanes)
    {
        W256<T>.Store(lanes, red.Join(W256<T>.Load(lanes), W256<T>.Load(lanes + W256<T>.Count)));
        W128<T>.Store(lanes, red.Join(W128<T>.Load(lanes), W128<T>.Load(lanes + W128<T>.Count)));
        for (int half = W128<T>.Count / 2; half > 0; half /= 2)
            for (int i = 0; i < half; i++) W1<T>.Store(lanes + i, red.Join(W1<T>.Load(lanes + i), W1<T>.Load(lanes + i + half)));
        return *lanes;
    }
}
