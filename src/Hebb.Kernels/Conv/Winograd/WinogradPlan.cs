namespace Hebb.Kernels;

/// <summary>A correlation by <see cref="Winograd"/>: how stacks are cut into tiles, and weights into panels and blocks.</summary>
internal sealed unsafe class WinogradPlan<T> : CorrelationPlan<T> where T : unmanaged
{
    // The transformed patches of so many tiles stay in the second-level cache.
    private const int MostTiles = 64;
    private const int PatchBytes = 1 << 20;
    private const int FewestTiles = 14;

    // Weights beyond this are transformed and used part by part.
    private const long StageBytes = 8 << 20;

    private readonly ChannelCopy<T> _source;

    public WinogradPlan(ConvProblem problem) : base(problem)
    {
        ConvShape s = problem.Shape;
        bool backward = problem.IsBackward;
        Dims sources = problem.SourceSizes, targets = problem.TargetSizes;
        _source = new(sources, problem.SourceStrides, ScratchUse.ConvSource);
        int high = Winograd.Tiles(targets[2]), wide = Winograd.Tiles(targets[3]);
        int padH = backward ? 2 - s.PadH : s.PadH, padW = backward ? 2 - s.PadW : s.PadW;
        Source = new(sources, _source.Strides, high, wide, -padH, -padW);
        Target = new(targets, problem.TargetStrides, high, wide);
        Weights = new(s, backward);
        (Sources, Targets) = (sources[1] / s.Groups, targets[1] / s.Groups);
        TileCount = s.N * high * wide;
        IsOneChunk = TileCount <= MostTiles;
        TilesEach = IsOneChunk ? TileCount : Math.Clamp(PatchBytes / sizeof(T) / (Winograd.Places * Sources), FewestTiles, MostTiles);
        StagePanels = Math.Max(1, (int)(StageBytes / sizeof(T) / (Weights.BlockStep * Weights.Blocks)));
    }

    /// <summary>The stacks, whose data is set for each run, and the sizes of the transformed weights.</summary>
    public readonly TiledStack<T> Source, Target;
    public readonly WinogradWeights<T> Weights;

    /// <summary>Channels of a group, tiles of all images, and the most tiles of a chunk.</summary>
    public readonly int Sources, Targets, TileCount, TilesEach;

    /// <summary>How many panels of weights are transformed together where not all are.</summary>
    public readonly int StagePanels;

    /// <summary>Whether a chunk has all tiles, and transforms the weights of its panels itself.</summary>
    public readonly bool IsOneChunk;

    public override long PackedLength => Weights.BlockStep * Weights.Blocks * Weights.Panels * Shape.Groups;

    private protected override void Pack(T* w, T* packed) => Weights.Fill(w, 0, Shape.Groups * Weights.Panels, packed);

    public override void Compute<V, A>(in Operands operands, A activation)
    {
        T* biases = Scratch.Get<T>(ScratchUse.ConvBias, (long)Shape.Groups * Weights.Panels * WinogradWeights<T>.Width);
        WeightPanels<T>.PackBias(Shape.Groups, Targets, operands.Bias, biases);
        T* zeros = Scratch.Get<T>(ScratchUse.WinogradZeros, Sources);
        new Span<T>(zeros, Sources).Clear();
        Operands read = operands;
        read.Source = _source.Read(operands.Source);
        read.Bias = biases;
        new WinogradCorrelation<V, T, A>(this, read, zeros, activation).Run();
    }
}
