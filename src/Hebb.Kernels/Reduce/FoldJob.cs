using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Cuts a reduction into blocks of numbers, groups of blocks and strips of outputs. The borders depend on shapes and strides alone, so
/// that any number of threads joins the same numbers in the same order.
/// </summary>
internal unsafe struct FoldJob : IJob
{
    /// <summary>About how many numbers of one output make a block.</summary>
    private const int BlockLength = 4096;

    private const int BlockRows = 256;

    /// <summary>How many blocks make a group, kept apart until all are done; a power of two, so that the tree is one.</summary>
    private const int GroupBlocks = 16;

    // Outputs side by side: their results take a few levels of a tree on the stack, or one if there is only one block.
    private const int Strip = 256;
    private const int WideStrip = 2048;

    /// <summary>About how many numbers a thread takes at a time.</summary>
    private const int Chunk = 16384;

    private readonly Loop* _kept;
    private readonly Loop* _gone;
    private readonly byte* _x;
    private readonly byte* _y;
    private readonly byte* _limit;
    private FoldPass _pass;
    private readonly Way _way;
    private readonly nint _keptStep, _yStep, _goneStep;
    private readonly int _length, _rows, _rowsEach, _pieces, _blocks, _groups, _outputs, _strip, _strips, _unitsEach;

    /// <summary>The results of groups, where there are several.</summary>
    public byte* Partials;

    private enum Way
    {
        Along,
        Across,
        Gathered,
    }

    /// <summary>A reduction.</summary>
    /// <param name="kept">The loop over outputs: input, output.</param>
    /// <param name="gone">The loop over the numbers of one output.</param>
    /// <param name="pass">What to do with a block.</param>
    /// <param name="x">The input.</param>
    /// <param name="limit">Where the input ends.</param>
    /// <param name="y">The output.</param>
    public FoldJob(Loop* kept, Loop* gone, FoldPass pass, byte* x, byte* limit, byte* y)
    {
        _kept = kept;
        _gone = gone;
        _pass = pass;
        _x = x + ((long)(kept->Start(0) + gone->Start(0)) * pass.Size);
        _limit = limit;
        _y = y + ((long)kept->Start(1) * pass.Size);
        _outputs = kept->Sizes[kept->Rank - 1];
        _keptStep = kept->Step(0, kept->Rank - 1) * (nint)pass.Size;
        _yStep = kept->Step(1, kept->Rank - 1) * (nint)pass.Size;
        _way = IsAlong(*gone) ? Way.Along : _outputs > 1 && _keptStep == pass.Size ? Way.Across : Way.Gathered;
        if (_way == Way.Across) gone->AppendOne(); // each number is a row of its own
        _length = gone->Sizes[gone->Rank - 1];
        _goneStep = gone->Step(0, gone->Rank - 1) * (nint)pass.Size;
        _rows = gone->Count / _length;
        _pieces = (_length + BlockLength - 1) / BlockLength;
        _rowsEach = Math.Clamp(BlockLength / _length, 1, BlockRows);
        _blocks = _pieces > 1 ? checked(_rows * _pieces) : (_rows + _rowsEach - 1) / _rowsEach;
        _groups = (_blocks + GroupBlocks - 1) / GroupBlocks;

        int each = gone->Count / _groups;
        _strip = Math.Min(_outputs, Math.Clamp(Chunk / each / 64 * 64, _way == Way.Across ? 64 : 1, _blocks == 1 ? WideStrip : Strip));
        _strips = (_outputs + _strip - 1) / _strip;
        _unitsEach = (int)Math.Max(1, Chunk / ((long)each * _strip));
    }

    /// <summary>Whether an output's numbers are contiguous, at least some of them.</summary>
    public static bool IsAlong(in Loop gone) => gone.Count > 1 && gone.Step(0, gone.Rank - 1) == 1;

    private readonly long Units => (long)(_kept->Count / _outputs) * _strips * _groups;

    public readonly int Chunks => (int)((Units + _unitsEach - 1) / _unitsEach);

    /// <summary>How many bytes of partial results are needed.</summary>
    public readonly long PartialBytes => _groups == 1 ? 0 : (long)_kept->Count * _groups * _pass.Size;

    public void Run(int chunk)
    {
        long end = Math.Min(Units, ((long)chunk + 1) * _unitsEach);
        for (long unit = (long)chunk * _unitsEach; unit < end; unit++)
        {
            int group = (int)(unit % _groups);
            long place = unit / _groups;
            Unit((int)(place / _strips), (int)(place % _strips) * _strip, group);
        }
    }

    /// <summary>Joins the groups of each output, once all are done.</summary>
    [SkipLocalsInit]
    public void JoinGroups()
    {
        if (_groups == 1) return;
        byte* memory = stackalloc byte[(int)FoldTree.Bytes(_groups, _strip, _pass.Size)];
        for (int row = 0; row < _kept->Count / _outputs; row++)
        {
            for (int from = 0; from < _outputs; from += _strip)
            {
                int outputs = Math.Min(_strip, _outputs - from);
                FoldTree tree = new(ref _pass, outputs, memory);
                for (int group = 0; group < _groups; group++)
                {
                    Unsafe.CopyBlockUnaligned(tree.Next, Partial(group, row, from), (uint)(outputs * _pass.Size));
                    tree.Take();
                }
                Write(tree.Finish(), row, from, outputs);
            }
        }
    }

    /// <summary>Reduces one group of blocks for one strip of outputs.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Unit(int row, int from, int group)
    {
        nint* offsets = stackalloc nint[BlockRows];
        int outputs = Math.Min(_strip, _outputs - from), first = group * GroupBlocks, end = Math.Min(_blocks, first + GroupBlocks);
        byte* memory = stackalloc byte[(int)FoldTree.Bytes(end - first, outputs, _pass.Size)];
        bool shortRows = _way == Way.Along && _length * _pass.Size < Pass.RegisterBytes;
        byte* tile = stackalloc byte[_way == Way.Gathered ? BlockLength * sizeof(double) : shortRows ? BlockRows * Pass.RegisterBytes : 0];
        FoldTree tree = new(ref _pass, outputs, memory);
        FoldBlock block = default;
        block.X = _x + (new Place(_kept, 1, row).Offsets[0] * _pass.Size) + (from * _keptStep);
        block.Step = _keptStep;
        block.Offsets = offsets;
        block.Outputs = outputs;
        for (int i = first; i < end; i++)
        {
            Rows(i, ref block);
            if (_way == Way.Along) Along(block, tile, tree.Next);
            else if (_way == Way.Across) _pass.Across(&block, tree.Next);
            else Gathered(block, tile, tree.Next);
            tree.Take();
        }
        byte* results = tree.Finish();
        if (_groups == 1) Write(results, row, from, outputs);
        else Unsafe.CopyBlockUnaligned(Partial(group, row, from), results, (uint)(outputs * _pass.Size));
    }

    /// <summary>Says which rows a block has.</summary>
    private readonly void Rows(int index, ref FoldBlock block)
    {
        int first = _pieces > 1 ? index / _pieces : index * _rowsEach, piece = _pieces > 1 ? index % _pieces * BlockLength : 0;
        block.Rows = Math.Min(_rowsEach, _rows - first);
        block.Length = Math.Min(BlockLength, _length - piece);
        Place place = new(_gone, 1, first);
        nint step = _gone->Rank > 1 ? _gone->Step(0, _gone->Rank - 2) * (nint)_pass.Size : 0;
        for (int row = 0; row < block.Rows;)
        {
            int run = Math.Min(block.Rows - row, place.Left(_gone));
            nint offset = ((nint)place.Offsets[0] * _pass.Size) + (piece * _goneStep);
            for (int end = row + run; row < end; row++, offset += step) block.Offsets[row] = offset;
            place.Advance(_gone, run, 0, 1);
        }
    }

    /// <summary>Reduces a block of contiguous rows; what would be read beyond the input's end is first copied where there is room.</summary>
    private readonly void Along(FoldBlock block, byte* tile, byte* results)
    {
        int safe = Safe(block), outputs = block.Outputs;
        block.Outputs = safe;
        if (safe > 0) _pass.Along(&block, results);
        if (safe == outputs) return;

        nint* offsets = stackalloc nint[BlockRows];
        for (int row = 0; row < block.Rows; row++) offsets[row] = row * (nint)Pass.RegisterBytes;
        FoldBlock roomy = block with { X = tile, Offsets = offsets, Outputs = 1 };
        for (int output = safe; output < outputs; output++)
        {
            byte* x = block.X + (output * block.Step);
            for (int row = 0; row < block.Rows; row++)
                Unsafe.CopyBlockUnaligned(tile + offsets[row], x + block.Offsets[row], (uint)(block.Length * _pass.Size));
            _pass.Along(&roomy, results + (output * _pass.Size));
        }
    }

    /// <summary>How many outputs' rows can be read a register at a time.</summary>
    private readonly int Safe(in FoldBlock block)
    {
        if (block.Length * _pass.Size >= Pass.RegisterBytes) return block.Outputs;
        nint farthest = 0;
        for (int row = 0; row < block.Rows; row++) farthest = Math.Max(farthest, block.Offsets[row]);
        nint room = (nint)(_limit - block.X) - farthest - Pass.RegisterBytes;
        if (block.Step <= 0) return room >= 0 ? block.Outputs : 0;
        return room < 0 ? 0 : (int)Math.Min(block.Outputs, (room / block.Step) + 1);
    }

    /// <summary>Reduces a block whose rows are not contiguous: as one row, copied together, output by output.</summary>
    private readonly void Gathered(FoldBlock block, byte* tile, byte* results)
    {
        nint none = 0;
        FoldBlock together = new() { X = tile, Offsets = &none, Outputs = 1, Rows = 1, Length = block.Rows * block.Length };
        for (int output = 0; output < block.Outputs; output++, block.X += block.Step)
        {
            if (_pass.Size == sizeof(int)) Gather((int*)tile, block);
            else Gather((long*)tile, block);
            _pass.Along(&together, results + (output * _pass.Size));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Gather<T>(T* tile, in FoldBlock block) where T : unmanaged
    {
        for (int row = 0; row < block.Rows; row++)
        {
            byte* from = block.X + block.Offsets[row];
            for (int i = 0; i < block.Length; i++, from += _goneStep) *tile++ = *(T*)from;
        }
    }

    private readonly byte* Partial(int group, int row, int from) =>
        Partials + ((((long)group * _kept->Count) + ((long)row * _outputs) + from) * _pass.Size);

    private readonly void Write(byte* results, int row, int from, int outputs) =>
        _pass.Finish(results, _y + (new Place(_kept, 2, row).Offsets[1] * _pass.Size) + (from * _yStep), _yStep, outputs);
}
