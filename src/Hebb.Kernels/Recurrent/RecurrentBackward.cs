using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A pass backward, from the last step to the first: at each step products of the gradients of the step after with the recurrent weights,
/// then the cells.
/// </summary>
internal unsafe struct RecurrentBackward<T, TCell> : IItems<T> where T : unmanaged where TCell : struct, IRecurrentCell<T>
{
    public RecurrentShape Shape;
    public SequenceOrder Order;
    public T* Weights, FirstH, Outputs, Kept;
    public T* OutputsGradient, LastHGradient, LastCGradient;
    public T* DrivesGradient, ProductsGradient, Before, FirstHGradient, FirstCGradient;
    private RecurrentWork<T> _work;
    private RecurrentPanels<T> _panels;
    private RecurrentStates<T> _state, _cell, _even, _odd;
    private int _step;

    public void Run()
    {
        _work = new(Shape);
        _panels = new(Shape, Weights, isBackward: true);
        (int directions, int rows, int units, int drives) = (Shape.Directions, Shape.Rows, Shape.Units, Shape.Gates * Shape.Units);
        long length = RecurrentStates<T>.Length(directions, rows, units), wide = RecurrentStates<T>.Length(directions, rows, drives);
        T* states = Scratch.Get<T>(ScratchUse.RecurrentStates, 2 * (length + wide));
        (_state, _cell) = (new(states, rows, units), new(states + length, rows, units));
        (_even, _odd) = (new(states + 2 * length, rows, drives), new(states + 2 * length + wide, rows, drives));
        _state.Take(LastHGradient, directions, Order);
        _cell.Take(LastCGradient, directions, Order);
        for (_step = Shape.Steps - 1; _step >= 0; _step--)
        {
            Order.GoTo(_step);
            Items.Run<RecurrentBackward<T, TCell>, T>(this, _work.Chunks, _work.Each);
        }
        if (FirstHGradient != null) Items.Run<RecurrentBackward<T, TCell>, T>(this, _work.Chunks, _work.Each);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<V>(int from, int to) where V : struct, ILane<V, T>
    {
        int width = GemmRules.Panel<T>();
        T* through = Scratch.Get<T>(ScratchUse.RecurrentProducts, (long)_work.RowsEach * width);
        for (int i = from; i < to; i++)
        {
            RecurrentChunk chunk = _work[i];
            RecurrentStates<T> after = _step % 2 == 0 ? _odd : _even, now = _step % 2 == 0 ? _even : _odd;
            int going = Math.Clamp(Order.Running(_step + 1), chunk.First, chunk.End);
            int running = _step < 0 ? chunk.End : Math.Clamp(Order.Running(_step), chunk.First, chunk.End);
            if (going > chunk.First)
            {
                RecurrentProduct<V, T>.Run(
                    going - chunk.First, after.At(chunk.Direction, chunk.First), after.Row, _panels,
                    _panels.Of(chunk.Direction, chunk.Group), through);
            }
            new Span<T>(through + (long)(going - chunk.First) * width, (running - going) * width).Clear();
            if (_step < 0)
            {
                for (int row = chunk.First; row < chunk.End; row++) Finish(chunk, row, through + (long)(row - chunk.First) * width);
                continue;
            }
            CellBackward<T> rows = Rows(chunk, now, through);
            rows.Rows = running - chunk.First;
            for (int row = 0; row < rows.Rows; row++) Recall(chunk, rows, row);
            if (rows.Rows > 0) default(TCell).Backward<V>(rows);
            for (int row = rows.Rows; row < chunk.End - chunk.First; row++) Clear(rows, row);
        }
    }

    private readonly CellBackward<T> Rows(in RecurrentChunk chunk, in RecurrentStates<T> now, T* through)
    {
        int width = GemmRules.Panel<T>(), d = chunk.Direction, unit = chunk.FirstUnit;
        long kept = (((long)_step * Shape.Directions + d) * Shape.Groups<T>() + chunk.Group) * Shape.Rows + chunk.First;
        long drives = (long)d * TCell.Gates * Shape.Units + unit, outputs = (long)d * Shape.Units + unit;
        return new()
        {
            Units = chunk.Units,
            Places = Order.Places + (long)d * Shape.Rows + chunk.First,
            Drives = DrivesGradient + drives,
            Products = TCell.HasOwnProducts ? ProductsGradient + drives : null,
            DrivesRow = (nint)Shape.Drives,
            DrivesGate = Shape.Units,
            Next = now.At(d, chunk.First) + unit,
            NextRow = now.Row,
            Before = Before + outputs,
            OutputsRow = (nint)Shape.Outputs,
            Outputs = OutputsGradient + outputs,
            Through = through,
            ThroughRow = width,
            State = _state.At(d, chunk.First) + unit,
            Cell = _cell.At(d, chunk.First) + unit,
            StatesRow = _state.Row,
            Kept = Kept + kept * TCell.Kept * width,
            KeptRow = TCell.Kept * width,
        };
    }

    /// <summary>Finds the state before the step of a row among the outputs.</summary>
    private readonly void Recall(in RecurrentChunk chunk, in CellBackward<T> rows, int row)
    {
        nint place = rows.Places[row];
        var to = new Span<T>(rows.Before + place * rows.OutputsRow, chunk.Units);
        long first = ((long)chunk.Direction * Shape.Rows + Order[chunk.First + row]) * Shape.Units + chunk.FirstUnit;
        if (_step == 0 && FirstH == null) to.Clear();
        else if (_step == 0) new ReadOnlySpan<T>(FirstH + first, chunk.Units).CopyTo(to);
        else
        {
            nint before = chunk.Direction == 0 ? place - 1 : place + 1;
            T* from = Outputs + (long)chunk.Direction * Shape.Units + chunk.FirstUnit + before * rows.OutputsRow;
            new ReadOnlySpan<T>(from, chunk.Units).CopyTo(to);
        }
    }

    /// <summary>A padded step has no part in anything.</summary>
    private static void Clear(in CellBackward<T> rows, int row)
    {
        nint place = rows.Places[row];
        new Span<T>(rows.Before + place * rows.OutputsRow, rows.Units).Clear();
        for (int gate = 0; gate < TCell.Gates; gate++)
        {
            nint drives = place * rows.DrivesRow + gate * rows.DrivesGate;
            new Span<T>(rows.Drives + drives, rows.Units).Clear();
            if (TCell.HasOwnProducts) new Span<T>(rows.Products + drives, rows.Units).Clear();
        }
    }

    /// <summary>The gradients of the first states of a row.</summary>
    private readonly void Finish(in RecurrentChunk chunk, int row, T* through)
    {
        long to = ((long)chunk.Direction * Shape.Rows + Order[row]) * Shape.Units + chunk.FirstUnit;
        T* state = _state.At(chunk.Direction, row) + chunk.FirstUnit;
        for (int i = 0; i < chunk.Units; i++) W1<T>.Store(FirstHGradient + to + i, W1<T>.Load(through + i) + W1<T>.Load(state + i));
        if (!TCell.HasCell) return;
        T* cell = _cell.At(chunk.Direction, row) + chunk.FirstUnit;
        new ReadOnlySpan<T>(cell, chunk.Units).CopyTo(new Span<T>(FirstCGradient + to, chunk.Units));
    }
}
