using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>A row of a <see cref="Loop"/> (its last axis): the index along the other axes, and how far from its first element each operand is.</summary>
internal unsafe struct Place
{
    public FarList Offsets;
    private Loop.Ints _index;

    public Place(Loop* loop, int operands, int row)
    {
        for (int axis = loop->Rank - 2; axis >= 0; axis--)
        {
            int size = loop->Sizes[axis], index = row % size;
            row /= size;
            _index[axis] = index;
            for (int k = 0; k < operands; k++) Offsets[k] += index * (long)loop->Step(k, axis);
        }
    }

    /// <summary>Moves the operands [from, to) on to the next row.</summary>
    public void Next(Loop* loop, int from, int to)
    {
        for (int axis = loop->Rank - 2; axis >= 0; axis--)
        {
            int size = loop->Sizes[axis];
            bool wraps = ++_index[axis] == size;
            for (int k = from; k < to; k++) Offsets[k] += (wraps ? 1L - size : 1L) * loop->Step(k, axis);
            if (!wraps) return;
            _index[axis] = 0;
        }
    }

    [InlineArray(Loop.MaxOperands)]
    internal struct FarList
    {
        private long _first;
    }
}
