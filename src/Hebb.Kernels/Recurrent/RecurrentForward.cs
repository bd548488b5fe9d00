using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>A pass forward: at each step products of the states with the recurrent weights, then the cells.</summary>
internal unsafe struct RecurrentForward<T, TCell> : IItems<T> where T : unmanaged where TCell : struct, IRecurrentCell<T>
{
    public RecurrentShape Shape;
    public SequenceOrder Order;
    public T* Drives, Weights, Bias, FirstH, FirstC, Outputs, LastH, LastC, Kept;
    private RecurrentWork<T> _work;
    private RecurrentPanels<T> _panels;
    private RecurrentStates<T> _even, _odd, _cell;
    private int _step;

    public void Run()
    {
        _work = new(Shape);
        _panels = new(Shape, Weights, isBackward: false);
        (int directions, int rows, int units) = (Shape.Directions, Shape.Rows, Shape.Units);
        long length = RecurrentStates<T>.Length(directions, rows, units);
        T* states = Scratch.Get<T>(ScratchUse.RecurrentStates, 3 * length);
        (_even, _odd, _cell) = (new(states, rows, units), new(states + length, rows, units), new(states + 2 * length, rows, units));
        _even.Take(FirstH, directions, Order);
        if (TCell.HasCell) _cell.Take(FirstC, directions, Order);
        for (_step = 0; _step < Shape.Steps; _step++)
        {
            Order.GoTo(_step);
            Items.Run<RecurrentForward<T, TCell>, T>(this, _work.Chunks, _work.Each);
        }
        for (int row = Order.Running(0); row < rows; row++)
            for (int d = 0; d < directions; d++) Keep(d, row, 0, units, _even);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<V>(int from, int to) where V : struct, ILane<V, T>
    {
        for (int i = from; i < to; i++)
        {
            RecurrentChunk chunk = _work[i];
            RecurrentStates<T> before = _step % 2 == 0 ? _even : _odd, after = _step % 2 == 0 ? _odd : _even;
            int running = Math.Clamp(Order.Running(_step), chunk.First, chunk.End);
            CellForward<T> rows = Rows(chunk, before, after);
            rows.Rows = running - chunk.First;
            if (rows.Rows > 0)
            {
                RecurrentProduct<V, T>.Run(
                    rows.Rows, before.At(chunk.Direction, chunk.First), before.Row, _panels, _panels.Of(chunk.Direction, chunk.Group),
                    rows.Products);
                default(TCell).Forward<V>(rows);
            }
            for (int row = running; row < chunk.End; row++)
            {
                new Span<T>(rows.Outputs + rows.Places[row - chunk.First] * rows.OutputsRow, chunk.Units).Clear();
                if (Kept != null) new Span<T>(rows.Kept + (row - chunk.First) * rows.KeptRow, (int)rows.KeptRow).Clear();
            }
            for (int row = Math.Max(chunk.First, Order.Running(_step + 1)); row < running; row++)
                Keep(chunk.Direction, row, chunk.FirstUnit, chunk.Units, after);
        }
    }

    private readonly CellForward<T> Rows(in RecurrentChunk chunk, in RecurrentStates<T> before, in RecurrentStates<T> after)
    {
        int width = GemmRules.Panel<T>(), d = chunk.Direction, unit = chunk.FirstUnit, groups = Shape.Groups<T>();
        nint keptRow = TCell.Kept * width;
        return new()
        {
            Units = chunk.Units,
            Places = Order.Places + (long)d * Shape.Rows + chunk.First,
            Drives = Drives + (long)d * TCell.Gates * Shape.Units + unit,
            DrivesRow = (nint)Shape.Drives,
            DrivesGate = Shape.Units,
            Products = Scratch.Get<T>(ScratchUse.RecurrentProducts, (long)_work.RowsEach * TCell.Gates * width),
            ProductsRow = TCell.Gates * width,
            Before = before.At(d, chunk.First) + unit,
            After = after.At(d, chunk.First) + unit,
            Cell = _cell.At(d, chunk.First) + unit,
            StatesRow = before.Row,
            Outputs = Outputs + (long)d * Shape.Units + unit,
            OutputsRow = (nint)Shape.Outputs,
            Kept = Kept == null
                ? Scratch.Get<T>(ScratchUse.RecurrentKept, _work.RowsEach * (long)keptRow)
                : Kept + ((((long)_step * Shape.Directions + d) * groups + chunk.Group) * Shape.Rows + chunk.First) * keptRow,
            KeptRow = keptRow,
            Bias = Bias == null ? null : Bias + (long)d * Shape.Units + unit,
        };
    }

    /// <summary>The state of a sequence that is at its end.</summary>
    private readonly void Keep(int direction, int row, int unit, int units, in RecurrentStates<T> states)
    {
        long to = ((long)direction * Shape.Rows + Order[row]) * Shape.Units + unit;
        new ReadOnlySpan<T>(states.At(direction, row) + unit, units).CopyTo(new Span<T>(LastH + to, units));
        if (TCell.HasCell) new ReadOnlySpan<T>(_cell.At(direction, row) + unit, units).CopyTo(new Span<T>(LastC + to, units));
    }
}
