namespace Hebb.Kernels;

/// <summary>
/// How a step of a pass is shared out: a chunk does one group of units of some sequences in one direction. Which thread does which chunk
/// does not change a bit, since a chunk reads only what the step before has left.
/// </summary>
internal readonly struct RecurrentWork<T> where T : unmanaged
{
    // The products of more rows would not stay in the first-level cache.
    private const int MostRows = 64;

    // A thread takes its share at once: one that took a chunk of another's would have to fetch weights that lie in the other's cache.
    // Multiply-adds of a step below which waking the team costs more than it saves.
    private const double WorthSharing = 1 << 17;

    private readonly int _groups, _blocks, _rowsEach, _rows, _units;

    public RecurrentWork(in RecurrentShape shape)
    {
        _groups = shape.Groups<T>();
        _blocks = GemmRules.Parts(shape.Rows, MostRows);
        _rowsEach = GemmRules.Parts(shape.Rows, _blocks);
        (_rows, _units) = (shape.Rows, shape.Units);
        Chunks = shape.Directions * _groups * _blocks;
        int threads = (double)shape.Rows * shape.Weights < WorthSharing ? 1 : Team.Threads;
        Each = (Chunks + threads - 1) / threads;
    }

    /// <summary>Chunks of a step, and how many of them a thread takes at a time.</summary>
    public int Chunks { get; }

    /// <inheritdoc cref="Chunks"/>
    public int Each { get; }

    /// <summary>The most rows of a chunk.</summary>
    public int RowsEach => _rowsEach;

    /// <summary>What chunk i works on.</summary>
    public RecurrentChunk this[int i]
    {
        get
        {
            int width = GemmRules.Panel<T>(), group = i / _blocks % _groups, first = i % _blocks * _rowsEach;
            return new(i / _blocks / _groups, group, group * width, Math.Min(width, _units - group * width), first,
                Math.Min(first + _rowsEach, _rows));
        }
    }
}

/// <summary>A part of a step: the rows from the first up to, not including, the end of one group of units in one direction.</summary>
internal readonly record struct RecurrentChunk(int Direction, int Group, int FirstUnit, int Units, int First, int End);
