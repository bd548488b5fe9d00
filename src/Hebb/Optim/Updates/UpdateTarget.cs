using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>
/// What one loop of an update moves: a parameter, or several that lie side by side. Its parts are runs of elements, or of whole rows if the
/// gradient is computed.
/// </summary>
/// <param name="slot">The parameter.</param>
/// <param name="gradient">What computes the gradient; null if it stands in memory.</param>
/// <param name="first">Which of the kernel's operands is its first.</param>
/// <param name="count">How many operands it has.</param>
internal sealed class UpdateTarget(UpdateSlot slot, ElementwiseExpression? gradient, int first, int count)
{
    /// <summary>How many elements a thread takes at a time.</summary>
    private const int Chunk = 16384;

    private object? _cell;
    private Tensor? _cut;
    private UpdateLoop? _plain, _changed;
    private int _rows, _row, _rowsEach;

    public UpdateSlot Slot => slot;

    public ElementwiseExpression? Gradient => gradient;

    /// <summary>Which of the kernel's operands is the gradient, or the first that it is computed of.</summary>
    public int GradientOperand => first + 1 + slot.States;

    /// <summary>The parameter, its states, and the gradient or what it is computed of.</summary>
    public Tensor[] Operands { get; } = new Tensor[count];

    /// <summary>How many elements there are.</summary>
    public int Count { get; private set; }

    /// <summary>What hooks ask for, if <see cref="IsChanged"/>.</summary>
    public UpdateChange Change;

    /// <summary>Whether hooks ask for something.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The loop of this step; null before the rule has given its lane.</summary>
    public UpdateLoop? Loop { get; set; }

    /// <summary>Which of the step's parts is its first.</summary>
    public int FirstPart { get; set; }

    /// <summary>Into how many parts the work is cut.</summary>
    public int Parts { get; private set; }

    /// <summary>Takes the operands of a run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(in OpValues values)
    {
        Tensor? before = _cut;
        for (int i = 0; i < Operands.Length; i++) Operands[i] = values.InputTensor(first + i);
        if (before != Operands[0] || Count != before!.Count) Cut();
    }

    /// <summary>Lets go of the gradient, whose memory may be lent again after the run.</summary>
    public void Forget() => Array.Clear(Operands);

    /// <summary>Cuts the parameter into parts.</summary>
    public void Cut()
    {
        Tensor w = _cut = Operands[0];
        _rows = gradient is null ? w.Count : w.Shape[0];
        _row = _rows == 0 ? 0 : w.Count / _rows;
        _rowsEach = Math.Max(1, Chunk / Math.Max(1, _row));
        Count = _rows * _row;
        Parts = _row == 0 ? 0 : (_rows + _rowsEach - 1) / _rowsEach;
    }

    /// <summary>Takes the rule's lane for this step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take<TLane>(TLane lane) where TLane : struct, IUpdateLane
    {
        if (_cell is not LaneCell<TLane> cell) (_cell, _plain, _changed) = (cell = new LaneCell<TLane>(), null, null);
        cell.Lane = lane;
        Loop = IsChanged ? _changed ??= cell.LoopOf(this) : _plain ??= cell.LoopOf(this);
    }

    public void RunAll()
    {
        if (_row > 0) Loop!.Run(this, 0, _rows);
    }

    public void Run(int part) => Loop!.Run(this, part * _rowsEach, Math.Min(_rowsEach, _rows - part * _rowsEach));

    /// <summary>Runs a body on some rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TBody, T>(TBody body, int firstRow, int rows) where TBody : struct, ILaneBody where T : unmanaged
    {
        int at = firstRow * _row, length = rows * _row, arrays = 1 + slot.States;
        Operands<T> operands = default;
        for (int i = 0; i < arrays; i++) operands.Change(Part<T>(Operands[i], at, length));
        if (gradient is null) operands.Read(Part<T>(Operands[arrays], at, length));
        else for (int i = arrays; i < Operands.Length; i++) operands.Read(Operands[i].Span<T>()[(firstRow * RowStep(Operands[i]))..]);
        if (gradient is null) Map.Run(body, operands);
        else Map.Run(body, Rows(rows), operands);
    }

    /// <summary>The walk over some rows of the parameter, its states and the gradient's operands.</summary>
    private Loop Rows(int rows)
    {
        Tensor w = Operands[0];
        int arrays = 1 + slot.States;
        Span<Dims> strides = stackalloc Dims[Kernels.Loop.MaxOperands];
        strides[..arrays].Fill(w.Spec.Strides);
        for (int i = arrays; i < Operands.Length; i++) strides[i] = Elementwise.Stretch(Operands[i].Spec, w.Shape);
        return Kernels.Loop.Of(w.Shape.Sizes.With(0, rows), strides[..Operands.Length], outputs: 0, changed: arrays);
    }

    private int RowStep(Tensor operand) => Elementwise.Stretch(operand.Spec, Operands[0].Shape)[0];

    private static Span<T> Part<T>(Tensor tensor, int at, int length) where T : unmanaged => tensor.Span<T>().Slice(at, length);
}
