using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// h' = (1 - u) n + u h with r, u = σ(z + p) and n = tanh(z + r (p + b)), in the order r, u, n: the reset gate works on the product, as in
/// PyTorch and cuDNN (after Cho et al., 2014, who reset the state before the product).
/// </summary>
internal readonly unsafe struct GruCell<T> : IRecurrentCell<T> where T : unmanaged
{
    // What is kept: r, u, n, and p + b of the last gate.
    private const int R = 0, U = 1, N = 2, Q = 3;

    public static int Gates => 3;

    public static int Kept => 4;

    public static bool HasCell => false;

    public static bool HasOwnProducts => true;

    public void Forward<V>(in CellForward<T> rows) where V : struct, ILane<V, T>
    {
        CellLoops<V, T>.Gate<SigmoidActivation>(rows, 0, R);
        CellLoops<V, T>.Gate<SigmoidActivation>(rows, 1, U);
        CellLoops<V, T>.Forward<Ahead>(rows);
    }

    public void Backward<V>(in CellBackward<T> rows) where V : struct, ILane<V, T> => CellLoops<V, T>.Backward<Back>(rows);

    private readonly struct Ahead : ICellForward<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>(in CellForward<T> rows, int row, int i) where V : struct, ILane<V, T>
        {
            int width = GemmRules.Panel<T>();
            T* kept = rows.Kept + row * rows.KeptRow + i;
            nint place = rows.Places[row];
            V q = V.Load(rows.Products + row * rows.ProductsRow + 2 * width + i);
            if (rows.Bias != null) q += V.Load(rows.Bias + i);
            V n = V.Tanh(V.Load(rows.Drives + place * rows.DrivesRow + 2 * rows.DrivesGate + i) + V.Load(kept) * q);
            V u = V.Load(kept + U * width);
            V h = V.Fma(u, V.Load(rows.Before + row * rows.StatesRow + i), (V.Of(1) - u) * n);
            V.Store(kept + N * width, n);
            V.Store(kept + Q * width, q);
            V.Store(rows.After + row * rows.StatesRow + i, h);
            V.Store(rows.Outputs + place * rows.OutputsRow + i, h);
        }
    }

    private readonly struct Back : ICellBackward<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>(in CellBackward<T> rows, int row, int i) where V : struct, ILane<V, T>
        {
            int width = GemmRules.Panel<T>();
            nint place = rows.Places[row], gate = rows.DrivesGate;
            T* state = rows.State + row * rows.StatesRow + i, kept = rows.Kept + row * rows.KeptRow + i;
            V one = V.Of(1), r = V.Load(kept), u = V.Load(kept + U * width), n = V.Load(kept + N * width);
            V dh = V.Load(rows.Outputs + place * rows.OutputsRow + i) + V.Load(rows.Through + row * rows.ThroughRow + i) + V.Load(state);
            V.Store(state, dh * u);
            V dn = dh * (one - u) * V.Fma(-n, n, one), dq = dn * r;
            V dr = dn * V.Load(kept + Q * width) * (r * (one - r));
            V du = dh * (V.Load(rows.Before + place * rows.OutputsRow + i) - n) * (u * (one - u));
            Put(rows, row, place, i, dr, dr);
            Put(rows, row, place, i + gate, du, du);
            Put(rows, row, place, i + 2 * gate, dn, dq);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Put<V>(in CellBackward<T> rows, int row, nint place, nint i, V dz, V dp) where V : struct, ILane<V, T>
        {
            V.Store(rows.Drives + place * rows.DrivesRow + i, dz);
            V.Store(rows.Products + place * rows.DrivesRow + i, dp);
            V.Store(rows.Next + row * rows.NextRow + i, dp);
        }
    }
}
