using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A row of a <see cref="Loop"/> (its last axis): the index along the other axes, and how far from its first element each operand is.
/// </summary>
internal unsafe struct Place
{
    public FarList Offsets;
    private Loop.Ints _index;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>How many rows from here on, this one included, follow each other along one axis.</summary>
    public readonly int Left(Loop* loop) => loop->Rank == 1 ? 1 : loop->Sizes[loop->Rank - 2] - _index[loop->Rank - 2];

    /// <summary>Moves the operands [from, to) on by some rows, at most <see cref="Left"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Advance(Loop* loop, int rows, int from, int to)
    {
        for (int axis = loop->Rank - 2; axis >= 0; axis--, rows = 1)
        {
            int size = loop->Sizes[axis], index = _index[axis] + rows;
            bool wraps = index == size;
            _index[axis] = wraps ? 0 : index;
            for (int k = from; k < to; k++) Offsets[k] += (long)(wraps ? rows - size : rows) * loop->Step(k, axis);
            if (!wraps) return;
        }
    }

    [InlineArray(Loop.MaxOperands)]
    internal struct FarList
    {
        private long _first;
    }
}
