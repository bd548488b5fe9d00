using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// c' = f c + i g and h' = output(o, c') with the gates i, f, o = σ(z + p) and g = tanh(z + p), in the order i, f, g, o
/// (Hochreiter and Schmidhuber, 1997; with the forget gate of Gers, Schmidhuber and Cummins, 2000).
/// </summary>
internal readonly unsafe struct LstmCell<T, TOutput> : IRecurrentCell<T> where T : unmanaged where TOutput : struct, ILstmOutput
{
    // What is kept: i, f, g, o, c before, and what the output form keeps.
    private const int I = 0, F = 1, G = 2, O = 3, C = 4, Form = 5;

    public static int Gates => 4;

    public static int Kept => 6;

    public static bool HasCell => true;

    public static bool HasOwnProducts => false;

    public void Forward<V>(in CellForward<T> rows) where V : struct, ILane<V, T>
    {
        CellLoops<V, T>.Gate<SigmoidActivation>(rows, 0, I);
        CellLoops<V, T>.Gate<SigmoidActivation>(rows, 1, F);
        CellLoops<V, T>.Gate<TanhActivation>(rows, 2, G);
        CellLoops<V, T>.Gate<SigmoidActivation>(rows, 3, O);
        CellLoops<V, T>.Forward<Ahead>(rows);
    }

    public void Backward<V>(in CellBackward<T> rows) where V : struct, ILane<V, T> => CellLoops<V, T>.Backward<Back>(rows);

    private readonly struct Ahead : ICellForward<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>(in CellForward<T> rows, int row, int i) where V : struct, ILane<V, T>
        {
            int width = GemmRules.Panel<T>();
            T* kept = rows.Kept + row * rows.KeptRow + i, cell = rows.Cell + row * rows.StatesRow + i;
            V before = V.Load(cell), c = V.Fma(V.Load(kept + F * width), before, V.Load(kept + I * width) * V.Load(kept + G * width));
            V h = default(TOutput).Value(V.Load(kept + O * width), c, out V form);
            V.Store(kept + C * width, before);
            V.Store(kept + Form * width, form);
            V.Store(cell, c);
            V.Store(rows.After + row * rows.StatesRow + i, h);
            V.Store(rows.Outputs + rows.Places[row] * rows.OutputsRow + i, h);
        }
    }

    private readonly struct Back : ICellBackward<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>(in CellBackward<T> rows, int row, int j) where V : struct, ILane<V, T>
        {
            int width = GemmRules.Panel<T>();
            nint place = rows.Places[row], gate = rows.DrivesGate;
            T* state = rows.State + row * rows.StatesRow + j, cell = rows.Cell + row * rows.StatesRow + j;
            T* kept = rows.Kept + row * rows.KeptRow + j;
            V one = V.Of(1), i = V.Load(kept + I * width), f = V.Load(kept + F * width), g = V.Load(kept + G * width);
            V o = V.Load(kept + O * width), before = V.Load(kept + C * width);
            V dh = V.Load(rows.Outputs + place * rows.OutputsRow + j) + V.Load(rows.Through + row * rows.ThroughRow + j) + V.Load(state);
            V through = default(TOutput).Gradient(dh, o, V.Fma(f, before, i * g), V.Load(kept + Form * width), out V dout);
            V dc = V.Load(cell) + through;
            V.Store(state, V.Of(0));
            V.Store(cell, dc * f);
            T* z = rows.Drives + place * rows.DrivesRow + j, next = rows.Next + row * rows.NextRow + j;
            Put(z, next, dc * g * (i * (one - i)));
            Put(z + gate, next + gate, dc * before * (f * (one - f)));
            Put(z + 2 * gate, next + 2 * gate, dc * i * V.Fma(-g, g, one));
            Put(z + 3 * gate, next + 3 * gate, dout * (o * (one - o)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Put<V>(T* z, T* next, V gradient) where V : struct, ILane<V, T>
        {
            V.Store(z, gradient);
            V.Store(next, gradient);
        }
    }
}
