namespace Hebb.Kernels;

/// <summary>How the numbers of one output lie.</summary>
internal enum FoldWay
{
    /// <summary>In contiguous rows.</summary>
    Along,

    /// <summary>Side by side with those of other outputs.</summary>
    Across,

    /// <summary>Scattered; they are copied together.</summary>
    Gathered,
}

/// <summary>
/// Cuts a reduction into blocks of numbers, groups of blocks and strips of outputs. The borders depend on shapes and strides alone, so
/// that any number of threads joins the same numbers in the same order.
/// </summary>
internal struct FoldPlan
{
    /// <summary>About how many numbers of one output make a block.</summary>
    public const int BlockLength = 4096;

    /// <summary>The most rows of a block.</summary>
    public const int BlockRows = 256;

    /// <summary>How many blocks make a group, kept apart until all are done; a power of two, so that the tree is one.</summary>
    public const int GroupBlocks = 16;

    // Outputs side by side: their results take a few levels of a tree on the stack, or one if there is only one block.
    private const int MostOutputs = 256;
    private const int MostOutputsOfOneBlock = 2048;

    /// <summary>About how many numbers a thread takes at a time.</summary>
    private const int Chunk = 16384;

    /// <summary>The loop over outputs: input, output.</summary>
    public Loop Kept;

    /// <summary>The loop over the numbers of one output.</summary>
    public Loop Gone;

    public FoldWay Way;
    public nint KeptStep, YStep, GoneStep, RowStep;
    public int Length, Rows, RowsEach, Pieces, Blocks, Groups, Outputs, Strip, Strips, UnitsEach;

    /// <summary>The plan of a reduction of elements of some bytes.</summary>
    public FoldPlan(int size, in Dims keptShape, in Dims keptStrides, in Dims reducedShape, in Dims reducedStrides)
    {
        Gone = Loop.Over(reducedShape, [reducedStrides], 0);
        bool isAlong = Gone.Count > 1 && Gone.Step(0, Gone.Rank - 1) == 1;
        Kept = Loop.Over(keptShape, [keptStrides, Dims.RowMajor(keptShape)], isAlong ? 1 : 0);
        if (Kept.Count == 0 || Gone.Count == 0) return;
        Outputs = Kept.Sizes[Kept.Rank - 1];
        KeptStep = Kept.Step(0, Kept.Rank - 1) * (nint)size;
        YStep = Kept.Step(1, Kept.Rank - 1) * (nint)size;
        Way = isAlong ? FoldWay.Along : Outputs > 1 && KeptStep == size ? FoldWay.Across : FoldWay.Gathered;
        if (Way == FoldWay.Across) Gone.AppendOne(); // each number is a row of its own
        Length = Gone.Sizes[Gone.Rank - 1];
        GoneStep = Gone.Step(0, Gone.Rank - 1) * (nint)size;
        RowStep = Gone.Rank > 1 ? Gone.Step(0, Gone.Rank - 2) * (nint)size : 0;
        Rows = Gone.Count / Length;
        Pieces = (Length + BlockLength - 1) / BlockLength;
        RowsEach = Math.Clamp(BlockLength / Length, 1, BlockRows);
        Blocks = Pieces > 1 ? checked(Rows * Pieces) : (Rows + RowsEach - 1) / RowsEach;
        Groups = (Blocks + GroupBlocks - 1) / GroupBlocks;

        int each = Gone.Count / Groups;
        Strip = Math.Min(Outputs,
            Math.Clamp(Chunk / each / 64 * 64, Way == FoldWay.Across ? 64 : 1, Blocks == 1 ? MostOutputsOfOneBlock : MostOutputs));
        Strips = (Outputs + Strip - 1) / Strip;
        UnitsEach = (int)Math.Max(1, Chunk / ((long)each * Strip));
    }

    /// <summary>Whether there is one block of rows that lie at equal distances, and one strip of outputs.</summary>
    public readonly bool IsSingle => Blocks == 1 && Gone.Rank <= 2 && Strip == Kept.Count;

    /// <summary>How many strips of outputs and groups of blocks there are together.</summary>
    public readonly long Units => (long)(Kept.Count / Outputs) * Strips * Groups;

    /// <summary>How many pieces of work threads share.</summary>
    public readonly int Chunks => (int)((Units + UnitsEach - 1) / UnitsEach);

    /// <summary>How many bytes of partial results are needed.</summary>
    public readonly long PartialBytes(int size) => Groups == 1 ? 0 : (long)Kept.Count * Groups * size;

    /// <summary>Refuses arrays that are shorter than the shapes need.</summary>
    public readonly void Check(int inputs, int outputs)
    {
        if (outputs < Kept.Count)
            throw new ArgumentException($"The output has {outputs} elements and the axes that stay have {Kept.Count}; give a longer one.");
        long reach = Kept.Count == 0 || Gone.Count == 0 ? 0 : (long)Kept.Reach(0) + Gone.Reach(0) - 1;
        if (inputs < reach)
            throw new ArgumentException($"The input has {inputs} elements and its strides reach {reach}; give a longer array.");
    }
}
