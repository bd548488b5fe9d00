using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>The loops of cells over rows and units. Each has one function, so that the compiler inlines it.</summary>
internal static unsafe class CellLoops<V, T> where V : struct, ILane<V, T> where T : unmanaged
{
    /// <summary>kept[slot] = f(z[gate] + p[gate])</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gate<TFunction>(in CellForward<T> rows, int gate, int slot) where TFunction : struct, IUnaryLane
    {
        int width = GemmRules.Panel<T>(), units = rows.Units;
        TFunction f = default;
        for (int row = 0; row < rows.Rows; row++)
        {
            T* z = rows.Drives + rows.Places[row] * rows.DrivesRow + gate * rows.DrivesGate;
            T* p = rows.Products + row * rows.ProductsRow + gate * width;
            T* to = rows.Kept + row * rows.KeptRow + slot * width;
            int i = 0;
            for (; i <= units - V.Count; i += V.Count) V.Store(to + i, f.Lane(V.Load(z + i) + V.Load(p + i)));
            for (; i < units; i++) W1<T>.Store(to + i, f.Lane(W1<T>.Load(z + i) + W1<T>.Load(p + i)));
        }
    }

    /// <summary>Does the rest of a step for each row: whole registers, then single numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<TBody>(in CellForward<T> rows) where TBody : struct, ICellForward<T>
    {
        int units = rows.Units, width = GemmRules.Panel<T>();
        TBody body = default;
        for (int row = 0; row < rows.Rows; row++)
        {
            int i = 0;
            for (; i <= units - V.Count; i += V.Count) body.Run<V>(rows, row, i);
            for (; i < units; i++) body.Run<W1<T>>(rows, row, i);
            if (units == width) continue;
            T* kept = rows.Kept + row * rows.KeptRow;
            for (nint slot = 0; slot < rows.KeptRow; slot += width) new Span<T>(kept + slot + units, width - units).Clear();
        }
    }

    /// <summary>Does a step backward for each row: whole registers, then single numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward<TBody>(in CellBackward<T> rows) where TBody : struct, ICellBackward<T>
    {
        int units = rows.Units;
        TBody body = default;
        for (int row = 0; row < rows.Rows; row++)
        {
            int i = 0;
            for (; i <= units - V.Count; i += V.Count) body.Run<V>(rows, row, i);
            for (; i < units; i++) body.Run<W1<T>>(rows, row, i);
        }
    }
}

/// <summary>One register of a step.</summary>
internal interface ICellForward<T> where T : unmanaged
{
    /// <summary>Does the units from i on of a row.</summary>
    void Run<V>(in CellForward<T> rows, int row, int i) where V : struct, ILane<V, T>;
}

/// <summary>One register of a step backward.</summary>
internal interface ICellBackward<T> where T : unmanaged
{
    /// <summary>Does the units from i on of a row.</summary>
    void Run<V>(in CellBackward<T> rows, int row, int i) where V : struct, ILane<V, T>;
}
