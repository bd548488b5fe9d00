using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>h' = f(z + p) (Elman, Finding Structure in Time, 1990)</summary>
internal readonly unsafe struct SimpleCell<T, TActivation> : IRecurrentCell<T>
    where T : unmanaged where TActivation : struct, IRecurrentActivation
{
    public static int Gates => 1;

    public static int Kept => 1;

    public static bool HasCell => false;

    public static bool HasOwnProducts => false;

    public void Forward<V>(in CellForward<T> rows) where V : struct, ILane<V, T>
    {
        CellLoops<V, T>.Gate<TActivation>(rows, 0, 0);
        CellLoops<V, T>.Forward<Ahead>(rows);
    }

    public void Backward<V>(in CellBackward<T> rows) where V : struct, ILane<V, T> => CellLoops<V, T>.Backward<Back>(rows);

    private readonly struct Ahead : ICellForward<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>(in CellForward<T> rows, int row, int i) where V : struct, ILane<V, T>
        {
            V h = V.Load(rows.Kept + row * rows.KeptRow + i);
            V.Store(rows.After + row * rows.StatesRow + i, h);
            V.Store(rows.Outputs + rows.Places[row] * rows.OutputsRow + i, h);
        }
    }

    private readonly struct Back : ICellBackward<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>(in CellBackward<T> rows, int row, int i) where V : struct, ILane<V, T>
        {
            nint place = rows.Places[row];
            T* state = rows.State + row * rows.StatesRow + i;
            V dh = V.Load(rows.Outputs + place * rows.OutputsRow + i) + V.Load(rows.Through + row * rows.ThroughRow + i) + V.Load(state);
            V dz = dh * default(TActivation).Slope(V.Load(rows.Kept + row * rows.KeptRow + i));
            V.Store(state, V.Of(0));
            V.Store(rows.Drives + place * rows.DrivesRow + i, dz);
            V.Store(rows.Next + row * rows.NextRow + i, dz);
        }
    }
}
