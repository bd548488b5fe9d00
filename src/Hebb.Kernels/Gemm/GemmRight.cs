using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Where the micro-kernel finds a block of B: in panels of 32 float or 16 double columns, packed or in place. Whole registers are read
/// from the panels; columns of B in place that fill no register are copied to a panel of their own, padded with zeros.
/// </summary>
internal readonly unsafe struct GemmRight<T> where T : unmanaged
{
    /// <summary>Step p of panel j begins at Panels[j * PanelStride + p * Row].</summary>
    public readonly T* Panels;
    public readonly nint PanelStride, Row;

    /// <summary>The columns that <see cref="Panels"/> holds; the panel <see cref="Tail"/> holds the others.</summary>
    public readonly int Whole;
    public readonly T* Tail;

    private GemmRight(T* panels, nint panelStride, nint row, int whole, T* tail)
    {
        Panels = panels;
        (PanelStride, Row, Whole) = (panelStride, row, whole);
        Tail = tail;
    }

    /// <summary>Makes a block of B ready.</summary>
    public static GemmRight<T> Prepare<V>(in GemmProblem<T> problem, int firstColumn, int columns, int firstK, int k, int rows)
        where V : struct, ILane<V, T>
    {
        int width = GemmRules.Panel<T>();
        if (problem.Packed)
        {
            nint stride = PackedStride(problem.K);
            return new(problem.B + firstColumn / width * stride + (nint)firstK * width, stride, width, columns, null);
        }
        T* b = problem.B + firstColumn * problem.BColumn + firstK * problem.BRow;
        int whole = columns - columns % V.Count;
        if (problem.BColumn == 1 && CanStay(rows, k, problem.BRow))
        {
            T* tail = null;
            if (whole < columns)
            {
                tail = Scratch.Get<T>(ScratchUse.GemmRight, (long)k * width);
                Pack<V>(k, columns - whole, b + whole, problem.BRow, 1, tail, 0);
            }
            return new(b, width, problem.BRow, whole, tail);
        }
        nint panelStride = PackedStride(k);
        T* panels = Scratch.Get<T>(ScratchUse.GemmRight, (columns + width - 1) / width * (long)panelStride);
        Pack<V>(k, columns, b, problem.BRow, problem.BColumn, panels, panelStride);
        return new(panels, panelStride, width, columns, null);
    }

    /// <summary>
    /// Numbers from one panel of k steps to the next: one row more than it holds, because panels a power of two apart would share the sets
    /// of the cache.
    /// </summary>
    public static nint PackedStride(int k) => ((nint)k + 1) * GemmRules.Panel<T>();

    /// <summary>Copies columns into panels; the last is filled up with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack<V>(int k, int columns, T* b, nint bRow, nint bColumn, T* panels, nint panelStride) where V : struct, ILane<V, T>
    {
        int width = GemmRules.Panel<T>(), full = columns / width;
        T* last = panels + full * panelStride;
        int left = columns - full * width;
        if (left > 0) new Span<T>(last, k * width).Clear();
        if (bColumn == 1)
        {
            // Row by row, not panel by panel: the processor fetches a row ahead, and visits each page of memory once.
            for (int p = 0; p < k; p++, b += bRow, panels += width, last += width)
            {
                T* from = b;
                T* to = panels;
                for (int i = 0; i < full; i++, from += width, to += panelStride)
                    for (int j = 0; j < width; j += V.Count) V.Store(to + j, V.Load(from + j));
                ShortRow<T>.Copy(left, from, last);
            }
            return;
        }
        for (int i = 0; i <= full; i++, b += width * bColumn, panels += panelStride)
        {
            int count = i < full ? width : left;
            if (bRow == 1) Transposition.Run(b, bColumn, panels, width, k, count);
            else
                for (int p = 0; p < k; p++)
                    for (int j = 0; j < count; j++) panels[(nint)p * width + j] = b[p * bRow + j * bColumn];
        }
    }

    // Few rows of A do not repay copying B, unless its rows lie so far apart that they fall out of the caches between two uses: a multiple
    // of 512 bytes apart they share an eighth of the sets of the first-level cache, or less.
    private static bool CanStay(int rows, int k, nint bRow)
    {
        nint stride = bRow * sizeof(T);
        return rows <= (stride % 512 == 0 ? 32 : 128) && stride * k <= 1 << 20 && stride % 4096 != 0;
    }
}
