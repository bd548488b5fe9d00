using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A walk over all elements of an N-dimensional shape that says where each operand has its element: the strides of up to
/// <see cref="MaxOperands"/> operands, in elements: those that are changed in place first, outputs last. Stride 0 broadcasts.
/// </summary>
/// <remarks>
/// The order of an elementwise walk is free, so it is brought into its simplest form: axes of size one are dropped, axes are ordered and
/// turned as they lie in the first output's memory, and neighbors that every operand walks in one line are merged. A permuted but dense
/// array thus becomes one contiguous run. A negative stride is allowed; each operand's span begins at its lowest address.
/// </remarks>
internal struct Loop
{
    /// <summary>The most operands, inputs and outputs together.</summary>
    public const int MaxOperands = 8;

    internal Ints Sizes;
    private Table _steps;
    private Ints _starts;
    private Ints _reaches;
    private bool _isRun;

    /// <summary>How many operands the strides were given for; 0 when the walk is contiguous for any number of operands.</summary>
    public int Operands { get; private set; }

    /// <summary>How many axes are left; at least 1.</summary>
    public int Rank { get; private set; }

    /// <summary>How many elements each operand is visited for.</summary>
    public int Count { get; private set; }

    /// <summary>Whether all operands are contiguous.</summary>
    public bool IsContiguous { get; private set; }

    /// <summary>Whether one straight pass on the caller's thread does it, in which every operand moves on by one or stays.</summary>
    internal readonly bool IsStraight => _isRun && Count is > 0 and < Sweep.Shared;

    /// <summary>Whether it is straight and all operands are contiguous.</summary>
    internal readonly bool IsShort => IsContiguous && Count < Sweep.Shared;

    /// <summary>A walk in which all operands are contiguous arrays of the same length.</summary>
    /// <param name="count">The length, at least 0.</param>
    /// <returns>The walk.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public static Loop Contiguous(int count)
    {
        if (count < 0) throw new ArgumentOutOfRangeException(nameof(count), $"A loop over {count} elements was asked for; give 0 or more.");
        Loop loop = default;
        loop.SetContiguous(count);
        return loop;
    }

    /// <summary>A walk over a shape.</summary>
    /// <param name="shape">The sizes of the axes.</param>
    /// <param name="strides">
    /// The strides of each operand, in elements and one for each axis: first the inputs, beginning with those that are changed in place,
    /// then the outputs.
    /// </param>
    /// <param name="outputs">How many of the operands are outputs only.</param>
    /// <param name="changed">How many of the operands are changed in place.</param>
    /// <returns>The walk in its simplest form.</returns>
    /// <exception cref="ArgumentException">
    /// There are more than <see cref="MaxOperands"/> operands, none that is written or fewer than are said to be, a list of strides differs
    /// from the shape in length, a size is negative, an operand that is written is broadcast, or an operand would reach over more than
    /// 2^31 - 1 elements.
    /// </exception>
    public static Loop Of(in Dims shape, ReadOnlySpan<Dims> strides, int outputs = 1, int changed = 0)
    {
        if (strides.Length > MaxOperands)
            throw new ArgumentException($"Got strides for {strides.Length} operands; a loop has at most {MaxOperands}, so split it.");
        if (outputs < 0 || changed < 0 || outputs + changed < 1 || outputs + changed > strides.Length)
            throw new ArgumentException(
                $"Got {outputs} outputs and {changed} changed among {strides.Length} operands; use 1 to {strides.Length} together.");
        bool empty = Check(shape, strides);
        for (int axis = 0; axis < shape.Rank && !empty; axis++)
        {
            for (int k = 0; k < strides.Length; k++)
            {
                bool isWritten = k < changed || k >= strides.Length - outputs;
                if (!isWritten || strides[k][axis] != 0 || shape[axis] == 1) continue;
                throw new ArgumentException($"Operand {k}, which is written, has stride 0 along axis {axis} of {shape}; "
                    + "give it one place for each element.");
            }
        }
        Loop loop = default;
        if (empty) loop.SetContiguous(0);
        else loop.Simplify(shape, strides, changed > 0 ? 0 : strides.Length - outputs);
        return loop;
    }

    /// <summary>A walk in the order of the key operand's memory, in which any operand may be broadcast.</summary>
    internal static Loop Over(in Dims shape, ReadOnlySpan<Dims> strides, int key)
    {
        Loop loop = default;
        if (Check(shape, strides)) loop.SetContiguous(0);
        else loop.Simplify(shape, strides, key);
        return loop;
    }

    /// <summary>Refuses sizes and strides that make no sense, and says whether the shape is empty.</summary>
    private static bool Check(in Dims shape, ReadOnlySpan<Dims> strides)
    {
        bool empty = false;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] < 0) throw new ArgumentException($"The shape {shape} has a negative size; sizes are 0 or more.");
            empty |= shape[axis] == 0;
        }
        for (int k = 0; k < strides.Length; k++)
        {
            if (strides[k].Rank != shape.Rank)
                throw new ArgumentException($"Operand {k} has strides {strides[k]} for the shape {shape}; give one stride for each axis.");
        }
        return empty;
    }

    private void SetContiguous(int count)
    {
        Rank = 1;
        Count = count;
        IsContiguous = true;
        _isRun = true;
        Sizes[0] = count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Simplify(in Dims shape, ReadOnlySpan<Dims> strides, int key)
    {
        Operands = strides.Length;
        Span<int> order = stackalloc int[Dims.MaxRank];
        int axes = Order(shape, strides, key, order);
        long count = 1;
        for (int i = 0; i < axes; i++)
        {
            int axis = order[i], size = shape[axis], sign = strides[key][axis] < 0 ? -1 : 1;
            if (!Continues(strides, axis, size, sign)) Sizes[Rank++] = 1;
            Sizes[Rank - 1] *= size;
            for (int k = 0; k < strides.Length; k++) _steps[Slot(k, Rank - 1)] = sign * strides[k][axis];
            count *= size;
            if (count > int.MaxValue) throw TooFar(shape);
        }
        if (Rank == 0)
        {
            Sizes[Rank++] = 1;
            for (int k = 0; k < strides.Length; k++) _steps[Slot(k, 0)] = 1;
        }
        Count = (int)count;
        IsContiguous = _isRun = Rank == 1;
        for (int k = 0; k < Operands; k++)
        {
            IsContiguous &= Step(k, 0) == 1;
            _isRun &= Step(k, 0) is 0 or 1;
        }
        Measure(shape);
    }

    /// <summary>The axes longer than one, from the widest to the narrowest step of the key operand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Order(in Dims shape, ReadOnlySpan<Dims> strides, int key, Span<int> order)
    {
        int axes = 0;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (shape[axis] == 1) continue;
            long step = Math.Abs((long)strides[key][axis]);
            int at = axes++;
            for (; at > 0 && Math.Abs((long)strides[key][order[at - 1]]) < step; at--) order[at] = order[at - 1];
            order[at] = axis;
        }
        return axes;
    }

    /// <summary>Whether an axis carries on, for every operand, within one step of the axis taken before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly bool Continues(ReadOnlySpan<Dims> strides, int axis, int size, int sign)
    {
        if (Rank == 0) return false;
        for (int k = 0; k < strides.Length; k++)
            if (_steps[Slot(k, Rank - 1)] != (long)sign * strides[k][axis] * size) return false;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Measure(in Dims shape)
    {
        for (int k = 0; k < Operands; k++)
        {
            long start = 0, reach = 1;
            for (int axis = 0; axis < Rank; axis++)
            {
                long span = (Sizes[axis] - 1L) * _steps[Slot(k, axis)];
                reach += Math.Abs(span);
                if (span < 0) start -= span;
            }
            if (reach > int.MaxValue) throw TooFar(shape);
            _starts[k] = (int)start;
            _reaches[k] = (int)reach;
        }
    }

    /// <summary>How far an operand moves for one step along an axis.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly int Step(int operand, int axis) => Operands == 0 ? 1 : _steps[Slot(operand, axis)];

    /// <summary>Where an operand's first element is, counted from its lowest address.</summary>
    internal readonly int Start(int operand) => _starts[operand];

    /// <summary>
    /// The loop over all axes but the last and one more (-1: none), which takes each operand to the first element of a plane.
    /// </summary>
    internal readonly Loop WithoutRowsAndColumns(int rowAxis)
    {
        Loop planes = default;
        planes.Count = 1;
        planes.Operands = Operands;
        for (int axis = 0; axis < Rank - 1; axis++)
        {
            if (axis == rowAxis) continue;
            planes.Sizes[planes.Rank] = Sizes[axis];
            planes.Count *= Sizes[axis];
            for (int k = 0; k < Operands; k++) planes._steps[Slot(k, planes.Rank)] = _steps[Slot(k, axis)];
            planes.Rank++;
        }
        planes.Sizes[planes.Rank++] = 1; // the place of rows in a walk over places
        return planes;
    }

    /// <summary>Adds a last axis of size one.</summary>
    internal void AppendOne() => Sizes[Rank++] = 1;

    /// <summary>How many elements an operand's span must have.</summary>
    internal readonly int Reach(int operand) => Operands == 0 ? Count : _reaches[operand];

    /// <summary>Refuses a loop over other operands, and operands that are shorter than it reaches.</summary>
    internal readonly void Check(params ReadOnlySpan<int> lengths)
    {
        if (Operands != 0 && Operands != lengths.Length)
            throw new ArgumentException(
                $"The loop was made for {Operands} operands and got {lengths.Length}; give strides for each operand.");
        for (int operand = 0; operand < lengths.Length; operand++)
        {
            if (lengths[operand] < Reach(operand))
                throw new ArgumentException(
                    $"Operand {operand} has {lengths[operand]} elements and the loop reaches {Reach(operand)}; give more.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Slot(int operand, int axis) => (operand * Dims.MaxRank) + axis;

    private static ArgumentException TooFar(in Dims shape) =>
        new($"A loop over {shape} visits or spans more than 2^31 - 1 elements; cut it into parts.");

    [InlineArray(Dims.MaxRank)]
    internal struct Ints
    {
        private int _first;
    }

    [InlineArray(Dims.MaxRank * MaxOperands)]
    internal struct Table
    {
        private int _first;
    }
}
