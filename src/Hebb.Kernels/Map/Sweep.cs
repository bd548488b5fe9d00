using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Takes a <see cref="Loop"/> apart into straight passes over pieces: one row or part of it, or many short rows together. An operand that
/// a pass can walk (step 1, or step 0 as one filled register) is read and written where it lies; any other goes through a small tile.
/// </summary>
/// <param name="loop">The loop over the operands.</param>
/// <param name="body">What is done to the elements, for the pass.</param>
/// <param name="pass">The straight pass.</param>
/// <param name="inputs">How many of the operands are read.</param>
/// <param name="changed">How many of these, the first, are written too.</param>
internal unsafe partial struct Sweep(
    Loop* loop, void* body, delegate*<void*, Ports*, nint, void> pass, int inputs, int changed = 0) : IJob
{
    /// <summary>From how many elements on a loop is shared among threads.</summary>
    public const int Shared = 2 * Chunk;

    /// <summary>How many elements a thread takes at a time.</summary>
    private const int Chunk = 16384;

    /// <summary>How many elements of an operand a tile holds.</summary>
    private const int Tile = 256;

    /// <summary>From how many elements on a row is worth a pass of its own.</summary>
    private const int LongRow = 32;

    private OperandList _operands;
    private int _count;
    private int _gathered;
    private int _row;
    private int _rows;
    private int _rowsEach;
    private int _partsEach;

    private readonly bool Together => _row < LongRow && _rows > 1;

    /// <summary>Adds an operand, inputs first, then outputs.</summary>
    public void Add(void* first, int size)
    {
        if (size is not (1 or 2 or 4 or 8))
            throw new NotSupportedException($"Elements of {size} bytes have no elementwise loops; use a type of 1, 2, 4 or 8 bytes.");
        int last = loop->Rank - 1;
        _operands[_count] = new Operand((byte*)first + ((long)loop->Start(_count) * size), size)
        {
            Step = loop->Step(_count, last) * (nint)size,
            RowStep = last > 0 ? loop->Step(_count, last - 1) * (nint)size : 0,
        };
        _count++;
    }

    /// <summary>Visits all elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Go()
    {
        if (loop->Count == 0) return;
        _row = loop->Sizes[loop->Rank - 1];
        _rows = loop->Count / _row;
        for (int k = 0; k < _count; k++)
        {
            ref Operand operand = ref _operands[k];
            operand.Repeats = Repeats(k);
            operand.Way = Choose(k, operand.Repeats);
            if (operand.Way == Way.Gathered) operand.Tile = _gathered++;
        }

        _rowsEach = Math.Max(1, Chunk / _row);
        _partsEach = (int)(((long)_row + Chunk - 1) / Chunk);
        int chunks = _partsEach > 1 ? checked(_rows * _partsEach) : (int)(((long)_rows + _rowsEach - 1) / _rowsEach);
        if (loop->Count < Shared) for (int chunk = 0; chunk < chunks; chunk++) Run(chunk);
        else Team.Run(chunks, ref this);
    }

    /// <summary>Visits whole rows, or a part of one row where rows are long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int chunk)
    {
        if (_partsEach > 1)
        {
            int from = chunk % _partsEach * Chunk;
            VisitLong(chunk / _partsEach, 1, from, Math.Min(Chunk, _row - from));
            return;
        }
        int first = chunk * _rowsEach, rows = Math.Min(_rowsEach, _rows - first);
        if (Together) VisitShort(first, rows);
        else VisitLong(first, rows, 0, _row);
    }

    /// <summary>Whether an operand has the same numbers in every row.</summary>
    private readonly bool Repeats(int k)
    {
        for (int axis = 0; axis < loop->Rank - 1; axis++)
            if (loop->Step(k, axis) != 0) return false;
        return true;
    }

    private readonly Way Choose(int k, bool repeats)
    {
        int axis = loop->Rank - 1, step = loop->Step(k, axis);
        if (step == 0 && (repeats || !Together)) return Way.Spread;
        if (step != 1) return Way.Gathered;
        if (!Together) return Way.Direct;
        while (--axis >= 0) // rows are visited together in place only where they follow each other without gaps
            if (loop->Step(k, axis) != (long)loop->Step(k, axis + 1) * loop->Sizes[axis + 1]) return Way.Gathered;
        return Way.Direct;
    }

    /// <summary>How a pass reaches the numbers of an operand.</summary>
    private enum Way
    {
        /// <summary>In place.</summary>
        Direct,

        /// <summary>One number for the whole row, spread over a register.</summary>
        Spread,

        /// <summary>Through a tile.</summary>
        Gathered,
    }

    /// <summary>An operand: its first element, and its steps in bytes.</summary>
    private struct Operand(byte* first, int size)
    {
        public readonly byte* First = first;
        public readonly int Size = size;
        public nint Step;
        public nint RowStep;
        public Way Way;
        public int Tile;
        public bool Repeats;
    }

    [InlineArray(Loop.MaxOperands)]
    private struct OperandList
    {
        private Operand _first;
    }
}
