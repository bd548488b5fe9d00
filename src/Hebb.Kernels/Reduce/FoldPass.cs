namespace Hebb.Kernels;

/// <summary>The numbers of one block of a reduction.</summary>
internal unsafe struct FoldBlock
{
    /// <summary>The first output's first number.</summary>
    public byte* X;

    /// <summary>From one output's numbers to the next, in bytes.</summary>
    public nint Step;

    /// <summary>Of each row, the distance from <see cref="X"/> in bytes.</summary>
    public nint* Offsets;

    public int Outputs;
    public int Rows;

    /// <summary>How many numbers a row has.</summary>
    public int Length;
}

/// <summary>The functions of one reducer, element type and lane width, so that the loops around them are compiled once.</summary>
internal unsafe struct FoldPass
{
    /// <summary>Bytes of an element.</summary>
    public int Size;

    /// <summary>Reduces along rows of contiguous numbers.</summary>
    public delegate*<FoldBlock*, byte*, void> Along;

    /// <summary>Reduces one number a row for contiguous outputs.</summary>
    public delegate*<FoldBlock*, byte*, void> Across;

    /// <summary>Joins later results to earlier ones.</summary>
    public delegate*<byte*, byte*, int, void> Join;

    /// <summary>Writes the results of what was gathered, or of nothing.</summary>
    public delegate*<byte*, byte*, nint, int, void> Finish;
}
