namespace Hebb.Kernels;

/// <summary>Gradients of weights and bias with lanes over the images of the batch.</summary>
internal sealed unsafe class BatchWeightPlan<T> : WeightGradientPlan<T> where T : unmanaged
{
    // The gradients of a tile's channels in a block of pixels stay in the first-level cache while all kernel elements meet them.
    private const int BlockBytes = 32 << 10;

    // Rows are cut into chunks as long as the sums of a chunk are small, kernel elements into parts until there is enough to share.
    private const long SmallSums = 64 << 10;
    private const int EnoughChunks = 8;

    // Sums of the largest tile.
    private const int LargestTile = 27;

    private readonly BatchCopy<T>? _x, _dy;

    /// <summary>Strides of inputs and of gradients as they are read.</summary>
    public readonly Dims X, Dy;

    /// <summary>Input and output channels of a group, rows and columns of the outputs, and images in whole registers.</summary>
    public readonly int Channels, Outs, OutH, OutW, Images;

    /// <summary>
    /// The columns of a tile run along the innermost kernel axis that has a length, in order of the weights; strips of a few columns are
    /// computed together; outers count the positions of the other axes.
    /// </summary>
    public readonly int Columns, ColumnStep, Strips, Outers;

    /// <summary>How the work is cut into chunks, and the output channels of a tile and the pixels of a block in a chunk.</summary>
    public readonly int OuterParts, RowChunks, RowsEach, TileRows, BlockRows, BlockPixels;

    /// <summary>How many sums of whole virtual lanes a chunk has.</summary>
    public readonly long Sums;

    public BatchWeightPlan(ConvProblem problem) : base(problem)
    {
        ConvShape s = problem.Shape;
        int lanes = VirtualLanes.Count<T>();
        Images = checked((s.N + lanes - 1) / lanes * lanes);
        (X, Dy) = (problem.X, problem.Y);
        if (Images != s.N || X[0] != 1 || s.PadH > 0 || s.PadW > 0)
        {
            _x = new(problem.InputSizes, X, ScratchUse.ConvSource, s.PadH, s.PadW, Images);
            X = _x.Value.Strides;
        }
        if (Images != s.N || Dy[0] != 1)
        {
            _dy = new(problem.OutputSizes, Dy, ScratchUse.ConvGradient, 0, 0, Images);
            Dy = _dy.Value.Strides;
        }
        (Channels, Outs, OutH, OutW) = (s.C / s.Groups, s.OutC / s.Groups, s.OutH, s.OutW);
        (Columns, ColumnStep, Outers) = s.KernelW > 1 ? (s.KernelW, s.DilationW * X[3], Channels * s.KernelH)
            : s.KernelH > 1 ? (s.KernelH, s.DilationH * X[2], Channels)
            : (Channels, X[1], 1);
        Sums = s.WeightLength + (problem.HasBias ? s.OutC : 0);

        // How the work is cut depends on the shape alone.
        RowsEach = s.WeightLength * 64 <= SmallSums ? (OutH + EnoughChunks - 1) / EnoughChunks : (OutH + 1) / 2;
        RowChunks = (OutH + RowsEach - 1) / RowsEach;
        OuterParts = Math.Clamp((EnoughChunks + (RowChunks * s.Groups) - 1) / (RowChunks * s.Groups), 1, Outers);
        Strips = (Columns + Tile.MaxColumns - 1) / Tile.MaxColumns;
        TileRows = Math.Min(Outs, LargestTile / ((Columns + Strips - 1) / Strips));
        int pixels = (int)Math.Clamp((long)BlockBytes / sizeof(T) / ((long)TileRows * Images), 1, (long)RowsEach * OutW);
        BlockRows = Math.Max(1, pixels / OutW);
        int blocks = (OutW + pixels - 1) / pixels;
        BlockPixels = (OutW + blocks - 1) / blocks;
    }

    private protected override void Compute<V>(T* x, T* dy, T* dw, T* db)
    {
        if (_x is { } copyX) x = copyX.Make(x);
        if (_dy is { } copyDy) dy = copyDy.Make(dy);
        T* sums = Scratch.Get<T>(ScratchUse.ConvSums, RowChunks * Sums * VirtualLanes.Count<T>());
        var job = new BatchWeights<V, T>(this, x, dy, sums);
        Team.Run(checked(RowChunks * Shape.Groups * OuterParts), ref job);
        LaneSums<T>.Combine(sums, RowChunks, Sums, Shape.WeightLength, dw);
        if (db != null) LaneSums<T>.Combine(sums + (Shape.WeightLength * VirtualLanes.Count<T>()), RowChunks, Sums, Shape.OutC, db);
    }
}
