using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Products of rows with the panels of a group of units. Each sum is a chain of fused multiply-adds in the order of k over the blocks of k
/// of every matrix product, so a row's bits do not depend on the rows beside it.
/// </summary>
internal static unsafe class RecurrentProduct<V, T> where V : struct, ILane<V, T> where T : unmanaged
{
    // So few rows do not fill the processor's pipes in a tile: they are multiplied with all panels of the group at once.
    private const int Few = 3;

    /// <summary>to[i, p] = a[i]·B[p] for each row i and panel p; the rows of results lie side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int rows, T* a, nint aRow, in RecurrentPanels<T> panels, T* b, T* to)
    {
        int width = GemmRules.Panel<T>(), block = GemmRules.KBlock<T>(panels.K), each = panels.Each;
        nint row = (nint)each * width;
        int parts = GemmRules.Parts(rows, GemmTiles<V, T>.MaxRows), height = GemmRules.Parts(rows, parts);
        for (int k = 0; k < panels.K; k += block)
        {
            int length = Math.Min(block, panels.K - k);
            T* panel = b + (nint)k * width;
            if (rows <= Few)
            {
                for (int i = 0; i < rows; i++) Row(each, length, a + i * aRow + k, panel, panels.Stride, to + i * row, k > 0);
                continue;
            }
            for (int p = 0; p < each; p++, panel += panels.Stride)
                for (int column = 0; column < width; column += 2 * V.Count)
                    for (int i = 0; i < rows; i += height)
                    {
                        GemmTiles<V, T>.Run(
                            Math.Min(height, rows - i), 2, length, a + i * aRow + k, aRow, 1, panel + column, width,
                            to + i * row + p * width + column, row, k > 0);
                    }
        }
    }

    private static void Row(int panels, int k, T* a, T* b, nint stride, T* to, bool add)
    {
        int width = GemmRules.Panel<T>();
        for (; panels > 0; panels -= 4, b += 4 * stride, to += 4 * width)
        {
            switch (panels)
            {
                case 1: Row<N1>(k, a, b, stride, to, add); break;
                case 2: Row<N2>(k, a, b, stride, to, add); break;
                case 3: Row<N3>(k, a, b, stride, to, add); break;
                default: Row<N4>(k, a, b, stride, to, add); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Row<P>(int k, T* a, T* b, nint stride, T* to, bool add) where P : struct, ICount
    {
        int width = GemmRules.Panel<T>();
        for (int column = 0; column < width; column += 2 * V.Count)
        {
            V x0 = default, y0 = default, x1 = default, y1 = default, x2 = default, y2 = default, x3 = default, y3 = default;
            T* from = b + column;
            for (int p = 0; p < k; p++, from += width)
            {
                V s = V.Broadcast(a + p);
                Add(s, from, ref x0, ref y0);
                if (P.Value > 1) Add(s, from + stride, ref x1, ref y1);
                if (P.Value > 2) Add(s, from + 2 * stride, ref x2, ref y2);
                if (P.Value > 3) Add(s, from + 3 * stride, ref x3, ref y3);
            }
            T* sums = to + column;
            Put(sums, x0, y0, add);
            if (P.Value > 1) Put(sums + width, x1, y1, add);
            if (P.Value > 2) Put(sums + 2 * width, x2, y2, add);
            if (P.Value > 3) Put(sums + 3 * width, x3, y3, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(V s, T* from, ref V x, ref V y)
    {
        x = V.Fma(s, V.Load(from), x);
        y = V.Fma(s, V.Load(from + V.Count), y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T* to, V x, V y, bool add)
    {
        V.Store(to, add ? V.Load(to) + x : x);
        V.Store(to + V.Count, add ? V.Load(to + V.Count) + y : y);
    }
}
