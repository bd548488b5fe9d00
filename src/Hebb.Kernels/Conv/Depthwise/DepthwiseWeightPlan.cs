namespace Hebb.Kernels;

/// <summary>Gradients of weights and bias where every channel has one filter of its own, with lanes over channels.</summary>
internal sealed unsafe class DepthwiseWeightPlan<T> : WeightGradientPlan<T> where T : unmanaged
{
    // A part is about so many pixels, so that sums stay accurate, unless their memory became large.
    private const int PartPixels = 2048;
    private const int MostParts = 64;

    // Where there are fewer parts, they are cut into ranges of channels as well, of several registers each: that leaves the sums alone.
    private const int EnoughChunks = 4;
    private const int FewestChannels = 64;

    private readonly ChannelCopy<T> _x, _dy;

    public DepthwiseWeightPlan(ConvProblem problem) : base(problem)
    {
        ConvShape s = problem.Shape;
        _x = new(problem.InputSizes, problem.X, ScratchUse.ConvSource);
        _dy = new(problem.OutputSizes, problem.Y, ScratchUse.ConvGradient);
        (X, Dy) = (_x.Strides, _dy.Strides);
        (OutH, OutW) = (s.OutH, s.OutW);
        long rows = (long)s.N * OutH;
        Parts = (int)Math.Clamp(rows * OutW / PartPixels, 1, Math.Min(rows, MostParts));
        (ChannelsEach, Ranges) = Hebb.Kernels.Parts.Even(s.C, Math.Max(FewestChannels, (s.C * Parts + EnoughChunks - 1) / EnoughChunks));
        PartLength = (((long)s.KernelH * s.KernelW) + (problem.HasBias ? 1 : 0)) * s.C;
    }

    /// <summary>Strides of inputs and of gradients as they are read.</summary>
    public readonly Dims X, Dy;

    /// <summary>Rows and columns of the outputs.</summary>
    public readonly int OutH, OutW;

    /// <summary>Into how many parts the rows of all images are cut.</summary>
    public int Parts { get; }

    /// <summary>Channels of a chunk, and how many such ranges there are.</summary>
    public readonly int ChannelsEach, Ranges;

    /// <summary>Sums of a part: of each kernel element and the bias, a row of channels.</summary>
    public long PartLength { get; }

    private protected override int LaneNumbers => Shape.C;

    private protected override void Compute<V>(T* x, T* dy, T* dw, T* db)
    {
        int elements = Shape.KernelH * Shape.KernelW, channels = Shape.C;
        T* sums = Scratch.Get<T>(ScratchUse.ConvSums, Parts * PartLength);
        var job = new DepthwiseWeights<V, T>(this, _x.Read(x), _dy.Read(dy), sums);
        Team.Run(Parts * Ranges, ref job);
        for (int part = 1; part < Parts; part++) DepthwiseWeights<V, T>.Add(sums, sums + (part * PartLength), PartLength);
        Transposition.Run(sums, channels, dw, elements, channels, elements);
        if (db != null) new ReadOnlySpan<T>(sums + ((long)elements * channels), channels).CopyTo(new Span<T>(db, channels));
    }
}
