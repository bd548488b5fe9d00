namespace Hebb.Kernels;

/// <summary>
/// Gradients of weights and bias by <see cref="Winograd"/>: how stacks are cut into tiles, and tiles into blocks and parts.
/// </summary>
internal sealed unsafe class WinogradWeightPlan<T> : WeightGradientPlan<T> where T : unmanaged
{
    // Transformed, so many tiles of so many input channels and of one panel, and their products, stay in the second-level cache.
    private const int BlockTiles = 128;
    private const int MostChannels = 64;

    // Parts whose sums are kept separate: enough for all threads, unless the sums take too much memory.
    private const int MostParts = 16;
    private const long MostSumBytes = 32 << 20;

    private readonly ChannelCopy<T> _x, _dy;

    /// <summary>The stacks, whose data is set for each run.</summary>
    public readonly TiledStack<T> X, Dy;

    /// <summary>Input and output channels of a group, panels of output channels in a group, and tiles of all images.</summary>
    public readonly int Channels, Outs, Panels, TileCount;

    /// <summary>Blocks of tiles, parts of several blocks, and parts of the input channels.</summary>
    public readonly int Blocks, Parts, ChannelParts;

    /// <summary>Sums of a panel, and of all panels of all groups.</summary>
    public readonly long PanelLength, PartLength;

    public WinogradWeightPlan(ConvProblem problem) : base(problem)
    {
        ConvShape s = problem.Shape;
        _x = new(problem.InputSizes, problem.X, ScratchUse.ConvSource);
        _dy = new(problem.OutputSizes, problem.Y, ScratchUse.ConvGradient);
        int high = Winograd.Tiles(s.OutH), wide = Winograd.Tiles(s.OutW);
        X = new(problem.InputSizes, _x.Strides, high, wide, -s.PadH, -s.PadW);
        Dy = new(problem.OutputSizes, _dy.Strides, high, wide);
        (Channels, Outs) = (s.C / s.Groups, s.OutC / s.Groups);
        Panels = WinogradWeights<T>.PanelCount(Outs);
        TileCount = s.N * high * wide;

        // Blocks and parts of tiles depend on the shape alone, since they decide the order of the sums.
        PanelLength = ((9L * Channels) + (problem.HasBias ? 1 : 0)) * WinogradWeights<T>.Width;
        PartLength = s.Groups * Panels * PanelLength;
        Blocks = (TileCount + BlockTiles - 1) / BlockTiles;
        Parts = (int)Math.Clamp(MostSumBytes / (PartLength * sizeof(T)), 1, Math.Min(MostParts, Blocks));
        ChannelParts = (Channels + MostChannels - 1) / MostChannels;
    }

    private protected override void Compute<V>(T* x, T* dy, T* dw, T* db)
    {
        x = _x.Read(x);
        dy = _dy.Read(dy);
        T* sums = Scratch.Get<T>(ScratchUse.ConvSums, Parts * PartLength);
        int most = Math.Max(Shape.C, Shape.OutC);
        T* zeros = Scratch.Get<T>(ScratchUse.WinogradZeros, most);
        new Span<T>(zeros, most).Clear();
        var job = new WinogradGradient<V, T>(this, x, dy, zeros, sums);
        Team.Run(job.Chunks, ref job);
        WeightSums<T>.ToWeights(Shape, sums, Parts, WinogradWeights<T>.Width, dw, db);
    }
}
