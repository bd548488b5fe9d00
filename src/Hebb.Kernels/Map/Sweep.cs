using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hebb.Kernels;

/// <summary>
/// Takes a <see cref="Loop"/> apart into straight passes over pieces: one row or part of it, or many short rows together. An operand that
/// a pass can walk (step 1, or step 0 as one filled register) is read and written where it lies; any other goes through a small tile.
/// </summary>
internal unsafe struct Sweep(Loop* loop, void* body, delegate*<void*, Ports*, nint, void> pass, int inputs) : IJob
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

    /// <summary>Adds an operand, inputs first, then outputs.</summary>
    public void Add(void* first, int size)
    {
        if (size is not (1 or 2 or 4 or 8))
            throw new NotSupportedException($"Elements of {size} bytes have no elementwise loops; use a type of 1, 2, 4 or 8 bytes.");
        _operands[_count] = new Operand((byte*)first + ((long)loop->Start(_count) * size), size);
        _count++;
    }

    /// <summary>Visits all elements.</summary>
    public void Go()
    {
        if (loop->Count == 0) return;
        _row = loop->Sizes[loop->Rank - 1];
        _rows = loop->Count / _row;
        bool together = _row < LongRow && _rows > 1;
        for (int k = 0; k < _count; k++)
        {
            ref Operand operand = ref _operands[k];
            operand.Repeats = Repeats(k);
            operand.Way = together ? AlongRows(k, operand.Repeats) : AlongRow(k);
            if (operand.Way == Way.Gathered) operand.Tile = _gathered++;
        }

        _rowsEach = Math.Max(1, Chunk / _row);
        _partsEach = (int)(((long)_row + Chunk - 1) / Chunk);
        int chunks = _partsEach > 1 ? checked(_rows * _partsEach) : (int)(((long)_rows + _rowsEach - 1) / _rowsEach);
        if (loop->Count < Shared) for (int chunk = 0; chunk < chunks; chunk++) Run(chunk);
        else Team.Run(chunks, ref this);
    }

    /// <summary>Visits whole rows, or a part of one row where rows are long.</summary>
    public readonly void Run(int chunk)
    {
        if (_partsEach > 1)
        {
            int from = chunk % _partsEach * Chunk;
            Visit(chunk / _partsEach, 1, from, Math.Min(Chunk, _row - from));
        }
        else
        {
            int first = chunk * _rowsEach;
            Visit(first, Math.Min(_rowsEach, _rows - first), 0, _row);
        }
    }

    /// <summary>Whether an operand has the same numbers in every row.</summary>
    private readonly bool Repeats(int k)
    {
        for (int axis = 0; axis < loop->Rank - 1; axis++)
            if (loop->Step(k, axis) != 0) return false;
        return true;
    }

    private readonly Way AlongRow(int k) => loop->Step(k, loop->Rank - 1) switch { 1 => Way.Direct, 0 => Way.Spread, _ => Way.Gathered };

    private readonly Way AlongRows(int k, bool repeats)
    {
        int step = loop->Step(k, loop->Rank - 1);
        if (step == 0 && repeats) return Way.Spread;
        if (step != 1) return Way.Gathered;
        for (int axis = loop->Rank - 2; axis >= 0; axis--)
            if (loop->Step(k, axis) != (long)loop->Step(k, axis + 1) * loop->Sizes[axis + 1]) return Way.Gathered;
        return Way.Direct;
    }

    /// <summary>Visits the columns [from, from + length) of some rows.</summary>
    [SkipLocalsInit]
    private readonly void Visit(int first, int rows, int from, int length)
    {
        byte* tiles = stackalloc byte[_gathered * Tile * sizeof(double)];
        byte* registers = stackalloc byte[Loop.MaxOperands * Pass.RegisterBytes];
        nint* spread = stackalloc nint[Loop.MaxOperands];
        new Span<nint>(spread, Loop.MaxOperands).Clear();

        int deep = _row < LongRow ? Math.Max(1, Tile / _row) : 1;
        int wide = _gathered == 0 || deep > 1 ? length : Math.Min(length, Tile);
        Place place = new(loop, _count, first);
        for (int row = 0; row < rows; row += deep)
        {
            deep = Math.Min(deep, rows - row);
            for (int column = from; column < from + length; column += wide)
            {
                int columns = Math.Min(wide, from + length - column);
                bool changes = row == 0 || wide < length;
                Ports ports = default;
                for (int k = 0; k < _count; k++)
                {
                    Operand operand = _operands[k];
                    long at = place.Offsets[k] + ((long)column * loop->Step(k, loop->Rank - 1));
                    byte* lies = operand.First + (at * operand.Size);
                    byte* tile = tiles + ((long)operand.Tile * Tile * sizeof(double));
                    if (k >= inputs)
                    {
                        ports.Write(operand.Way == Way.Direct ? lies : tile);
                    }
                    else if (operand.Way == Way.Spread)
                    {
                        byte* register = registers + (k * Pass.RegisterBytes);
                        if (spread[k] != (nint)lies) Spread(register, lies, operand.Size);
                        spread[k] = (nint)lies;
                        ports.ReadSame(register);
                    }
                    else if (operand.Way == Way.Gathered)
                    {
                        if (changes || !operand.Repeats) Gather(k, place, deep, column, columns, tile);
                        ports.Read(tile);
                    }
                    else
                    {
                        ports.Read(lies);
                    }
                }
                pass(body, &ports, (nint)deep * columns);
                for (int k = inputs; k < _count; k++)
                {
                    if (_operands[k].Way == Way.Gathered)
                        Scatter(k, place, deep, column, columns, tiles + ((long)_operands[k].Tile * Tile * sizeof(double)));
                }
            }
            if (deep == 1) place.Next(loop, 0, _count);
            else place = new(loop, _count, first + row + deep);
        }
    }

    private static void Spread(byte* register, byte* number, int size)
    {
        switch (size)
        {
            case 1: Vector512.Create(*number).Store(register); break;
            case 2: Vector512.Create(*(short*)number).Store((short*)register); break;
            case 4: Vector512.Create(*(int*)number).Store((int*)register); break;
            default: Vector512.Create(*(long*)number).Store((long*)register); break;
        }
    }

    private readonly void Gather(int k, Place place, int rows, int column, int columns, byte* tile)
    {
        switch (_operands[k].Size)
        {
            case 1: Gather(k, ref place, rows, column, columns, tile); break;
            case 2: Gather(k, ref place, rows, column, columns, (short*)tile); break;
            case 4: Gather(k, ref place, rows, column, columns, (int*)tile); break;
            default: Gather(k, ref place, rows, column, columns, (long*)tile); break;
        }
    }

    private readonly void Scatter(int k, Place place, int rows, int column, int columns, byte* tile)
    {
        switch (_operands[k].Size)
        {
            case 1: Scatter(k, ref place, rows, column, columns, tile); break;
            case 2: Scatter(k, ref place, rows, column, columns, (short*)tile); break;
            case 4: Scatter(k, ref place, rows, column, columns, (int*)tile); break;
            default: Scatter(k, ref place, rows, column, columns, (long*)tile); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Gather<T>(int k, ref Place place, int rows, int column, int columns, T* tile) where T : unmanaged
    {
        nint step = loop->Step(k, loop->Rank - 1);
        for (int row = 0; row < rows; row++, tile += columns)
        {
            T* from = (T*)_operands[k].First + place.Offsets[k] + (column * step);
            for (nint i = 0; i < columns; i++) tile[i] = from[i * step];
            place.Next(loop, k, k + 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Scatter<T>(int k, ref Place place, int rows, int column, int columns, T* tile) where T : unmanaged
    {
        nint step = loop->Step(k, loop->Rank - 1);
        for (int row = 0; row < rows; row++, tile += columns)
        {
            T* to = (T*)_operands[k].First + place.Offsets[k] + (column * step);
            for (nint i = 0; i < columns; i++) to[i * step] = tile[i];
            place.Next(loop, k, k + 1);
        }
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

    private struct Operand(byte* first, int size)
    {
        public readonly byte* First = first;
        public readonly int Size = size;
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
