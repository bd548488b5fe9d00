using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

internal unsafe partial struct Sweep
{
    /// <summary>Visits the columns [from, from + length) of some rows, one row or a part of one at a time.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void VisitLong(int first, int rows, int from, int length)
    {
        byte* tiles = stackalloc byte[_gathered * Tile * sizeof(double)];
        byte* registers = stackalloc byte[Loop.MaxOperands * Pass.RegisterBytes];
        byte** lies = stackalloc byte*[Loop.MaxOperands];
        Ports ports = default;
        Connect(ref ports, tiles, registers);
        int wide = _gathered == 0 ? length : Math.Min(length, Tile);
        Place place = new(loop, _count, first);
        for (int row = 0; row < rows;)
        {
            int run = Math.Min(rows - row, place.Left(loop));
            for (int k = 0; k < _count; k++)
                lies[k] = _operands[k].First + (place.Offsets[k] * _operands[k].Size) + (from * _operands[k].Step);
            Place next = place;
            for (int end = row + run; row < end; row++)
            {
                for (int at = 0; at < length; at += wide)
                {
                    int columns = Math.Min(wide, length - at);
                    for (int k = 0; k < _count; k++)
                    {
                        ref readonly Operand operand = ref _operands[k];
                        if (operand.Way == Way.Direct) Put(ref ports, k, lies[k] + (at * operand.Step));
                        bool changes = row == 0 || !operand.Repeats;
                        if (operand.Way == Way.Spread && changes) Tiles.Spread((byte*)ports.In[k], lies[k], operand.Size);
                        if (operand.Way == Way.Gathered && k < inputs && (changes || wide < length))
                            Tiles.Gather(loop, k, next, operand.First, operand.Size, 1, from + at, columns, (byte*)ports.In[k]);
                    }
                    pass(body, &ports, columns);
                    if (_gathered > 0) PutBack(next, 1, from + at, columns, ref ports);
                }
                for (int k = 0; k < _count; k++) lies[k] += _operands[k].RowStep;
                if (_gathered > 0) next.Advance(loop, 1, 0, _count);
            }
            place.Advance(loop, run, 0, _count);
        }
    }

    /// <summary>Visits some short rows, many at a time.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void VisitShort(int first, int rows)
    {
        byte* tiles = stackalloc byte[_gathered * Tile * sizeof(double)];
        byte* registers = stackalloc byte[Loop.MaxOperands * Pass.RegisterBytes];
        Ports ports = default;
        Connect(ref ports, tiles, registers);
        int together = Tile / _row;
        for (int row = 0; row < rows; row += together)
        {
            int count = Math.Min(together, rows - row);
            Place place = new(loop, _count, first + row);
            for (int k = 0; k < _count; k++)
            {
                ref readonly Operand operand = ref _operands[k];
                if (operand.Way == Way.Direct) Put(ref ports, k, operand.First + (place.Offsets[k] * operand.Size));
                else if (operand.Way == Way.Spread && row == 0) Tiles.Spread((byte*)ports.In[k], operand.First, operand.Size);
                else if (operand.Way == Way.Gathered && k < inputs && (row == 0 || !operand.Repeats))
                    Tiles.Gather(loop, k, place, operand.First, operand.Size, count, 0, _row, (byte*)ports.In[k]);
            }
            pass(body, &ports, (nint)count * _row);
            if (_gathered > 0) PutBack(place, count, 0, _row, ref ports);
        }
    }

    /// <summary>Gives each operand its port: a tile or a register of its own where it is not reached in place.</summary>
    private readonly void Connect(ref Ports ports, byte* tiles, byte* registers)
    {
        for (int k = 0; k < _count; k++)
        {
            byte* tile = tiles + ((long)_operands[k].Tile * Tile * sizeof(double));
            if (k < changed || k >= inputs) ports.Write(tile);
            if (k >= inputs) continue;
            if (_operands[k].Way == Way.Spread) ports.ReadSame(registers + (k * Pass.RegisterBytes));
            else ports.Read(tile);
        }
    }

    /// <summary>Lets the pass find an operand at an address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Put(ref Ports ports, int k, byte* at)
    {
        if (k < inputs) ports.In[k] = (nint)at;
        if (k < changed) ports.Out[k] = (nint)at;
        else if (k >= inputs) ports.Out[k - inputs + changed] = (nint)at;
    }

    private readonly void PutBack(in Place place, int rows, int column, int columns, ref Ports ports)
    {
        for (int output = 0; output < ports.Outputs; output++)
        {
            int k = output < changed ? output : output - changed + inputs;
            ref readonly Operand operand = ref _operands[k];
            if (operand.Way == Way.Gathered)
                Tiles.Scatter(loop, k, place, operand.First, operand.Size, rows, column, columns, (byte*)ports.Out[output]);
        }
    }
}
