using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>A reduction at work: the blocks, groups and strips of its plan, each done by one thread.</summary>
/// <param name="plan">How it is cut.</param>
/// <param name="pass">What to do with a block.</param>
/// <param name="input">The input.</param>
/// <param name="limit">Where the input ends.</param>
/// <param name="result">The output.</param>
internal unsafe struct FoldJob(FoldPlan* plan, FoldPass pass, byte* input, byte* limit, byte* result) : IJob
{
    private readonly FoldPlan* _plan = plan;
    private readonly byte* _x = input + ((long)(plan->Kept.Start(0) + plan->Gone.Start(0)) * pass.Size);
    private readonly byte* _y = result + ((long)plan->Kept.Start(1) * pass.Size);
    private readonly byte* _limit = limit;
    private FoldPass _pass = pass;

    /// <summary>The results of groups, where there are several.</summary>
    public byte* Partials;

    /// <summary>What computes the input, block by block, where it does not stand in memory; it is then one contiguous row.</summary>
    public FoldSource* Source;

    public void Run(int chunk)
    {
        long end = Math.Min(_plan->Units, ((long)chunk + 1) * _plan->UnitsEach);
        for (long unit = (long)chunk * _plan->UnitsEach; unit < end; unit++)
        {
            int group = (int)(unit % _plan->Groups);
            long place = unit / _plan->Groups;
            Unit((int)(place / _plan->Strips), (int)(place % _plan->Strips) * _plan->Strip, group);
        }
    }

    /// <summary>Joins the groups of each output, once all are done.</summary>
    [SkipLocalsInit]
    public void JoinGroups()
    {
        if (_plan->Groups == 1) return;
        byte* memory = stackalloc byte[(int)FoldTree.Bytes(_plan->Groups, _plan->Strip, _pass.Size)];
        for (int row = 0; row < _plan->Kept.Count / _plan->Outputs; row++)
        {
            for (int from = 0; from < _plan->Outputs; from += _plan->Strip)
            {
                int outputs = Math.Min(_plan->Strip, _plan->Outputs - from);
                FoldTree tree = new(ref _pass, outputs, memory);
                for (int group = 0; group < _plan->Groups; group++)
                {
                    Unsafe.CopyBlockUnaligned(tree.Next, Partial(group, row, from), (uint)(outputs * _pass.Size));
                    tree.Take();
                }
                Write(tree.Finish(), row, from, outputs);
            }
        }
    }

    /// <summary>Reduces a single block for a single strip of outputs, which needs no trees and walks.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void RunSingle()
    {
        nint* offsets = stackalloc nint[FoldPlan.BlockRows];
        nint step = _plan->RowStep;
        for (int row = 0; row < _plan->Rows; row++) offsets[row] = row * step;
        byte* results = stackalloc byte[_plan->Outputs * _pass.Size];
        FoldBlock block = new()
        {
            X = _x,
            Step = _plan->KeptStep,
            Offsets = offsets,
            Outputs = _plan->Outputs,
            Rows = _plan->Rows,
            Length = _plan->Length,
        };
        Block(block, results);
        _pass.Finish(results, _y, _plan->YStep, _plan->Outputs);
    }

    /// <summary>Reduces one group of blocks for one strip of outputs.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Unit(int row, int from, int group)
    {
        nint* offsets = stackalloc nint[FoldPlan.BlockRows];
        int outputs = Math.Min(_plan->Strip, _plan->Outputs - from), first = group * FoldPlan.GroupBlocks,
            end = Math.Min(_plan->Blocks, first + FoldPlan.GroupBlocks);
        byte* memory = stackalloc byte[(int)FoldTree.Bytes(end - first, outputs, _pass.Size)];
        FoldTree tree = new(ref _pass, outputs, memory);
        FoldBlock block = default;
        block.X = _x + (new Place(&_plan->Kept, 1, row).Offsets[0] * _pass.Size) + (from * _plan->KeptStep);
        block.Step = _plan->KeptStep;
        block.Offsets = offsets;
        block.Outputs = outputs;
        for (int i = first; i < end; i++)
        {
            Rows(i, ref block);
            Block(block, tree.Next);
            tree.Take();
        }
        byte* results = tree.Finish();
        if (_plan->Groups == 1) Write(results, row, from, outputs);
        else Unsafe.CopyBlockUnaligned(Partial(group, row, from), results, (uint)(outputs * _pass.Size));
    }

    /// <summary>Reduces one block, with room to copy or compute its numbers if they cannot be read in place.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Block(in FoldBlock block, byte* results)
    {
        if (Source == null && _plan->Way == FoldWay.Across)
        {
            fixed (FoldBlock* across = &block) _pass.Across(across, results);
            return;
        }
        bool shortRows = _plan->Way == FoldWay.Along && block.Length * _pass.Size < Pass.RegisterBytes;
        int tileBytes = _plan->Way == FoldWay.Gathered || Source != null ? (block.Rows * block.Length * _pass.Size) + Pass.RegisterBytes
            : shortRows ? FoldPlan.BlockRows * Pass.RegisterBytes
            : 0;
        byte* tile = stackalloc byte[tileBytes];
        if (Source != null) Computed(block, tile, results);
        else if (_plan->Way == FoldWay.Along) Along(block, tile, results);
        else Gathered(block, tile, results);
    }

    /// <summary>Says which rows a block has.</summary>
    private readonly void Rows(int index, ref FoldBlock block)
    {
        int first = _plan->Pieces > 1 ? index / _plan->Pieces : index * _plan->RowsEach;
        int piece = _plan->Pieces > 1 ? index % _plan->Pieces * FoldPlan.BlockLength : 0;
        block.Rows = Math.Min(_plan->RowsEach, _plan->Rows - first);
        block.Length = Math.Min(FoldPlan.BlockLength, _plan->Length - piece);
        Place place = new(&_plan->Gone, 1, first);
        nint step = _plan->RowStep;
        for (int row = 0; row < block.Rows;)
        {
            int run = Math.Min(block.Rows - row, place.Left(&_plan->Gone));
            nint offset = ((nint)place.Offsets[0] * _pass.Size) + (piece * _plan->GoneStep);
            for (int end = row + run; row < end; row++, offset += step) block.Offsets[row] = offset;
            place.Advance(&_plan->Gone, run, 0, 1);
        }
    }

    /// <summary>
    /// Reduces a block of contiguous rows; what would be read beyond the input's end is first copied where there is room.
    /// </summary>
    private readonly void Along(FoldBlock block, byte* tile, byte* results)
    {
        int safe = Safe(block), outputs = block.Outputs;
        block.Outputs = safe;
        if (safe > 0) _pass.Along(&block, results);
        if (safe == outputs) return;

        nint* offsets = stackalloc nint[FoldPlan.BlockRows];
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

    /// <summary>Reduces a block that is computed first.</summary>
    private readonly void Computed(in FoldBlock block, byte* tile, byte* results)
    {
        nint none = 0;
        FoldBlock computed = new() { X = tile, Offsets = &none, Outputs = 1, Rows = 1, Length = block.Length };
        Source->Compute(block.Offsets[0] / _pass.Size, block.Length, tile);
        _pass.Along(&computed, results);
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
            for (int i = 0; i < block.Length; i++, from += _plan->GoneStep) *tile++ = *(T*)from;
        }
    }

    private readonly byte* Partial(int group, int row, int from) =>
        Partials + ((((long)group * _plan->Kept.Count) + ((long)row * _plan->Outputs) + from) * _pass.Size);

    private readonly void Write(byte* results, int row, int from, int outputs)
    {
        byte* y = _y + (new Place(&_plan->Kept, 2, row).Offsets[1] * _pass.Size) + (from * _plan->YStep);
        _pass.Finish(results, y, _plan->YStep, outputs);
    }
}
