namespace Hebb.Kernels;

/// <summary>
/// A correlation in which every channel has one filter of its own, with lanes over channels. There is little work for the memory that it
/// visits, so nothing is packed but the weights, [kernel element][channel].
/// </summary>
internal sealed unsafe class DepthwisePlan<T> : CorrelationPlan<T> where T : unmanaged
{
    // A chunk has at most so many numbers, and where images allow it there are so many chunks, so that threads end at about one time.
    private const int ChunkNumbers = 32768;
    private const int EnoughChunks = 4;

    private readonly Correlation<T> _correlation;
    private readonly ChannelCopy<T> _source;

    public DepthwisePlan(ConvProblem problem) : base(problem)
    {
        _correlation = Correlation<T>.Of(problem);
        _source = new(problem.SourceSizes, problem.SourceStrides, ScratchUse.ConvSource);
        _correlation.SetSource(_source.Strides);
        long most = Math.Min(
            ChunkNumbers / ((long)_correlation.Width * Shape.C), ((long)Shape.N * _correlation.Height + EnoughChunks - 1) / EnoughChunks);
        (RowsEach, RowParts) = Parts.Even(_correlation.Height, (int)Math.Clamp(most, 1, _correlation.Height));
    }

    /// <summary>Rows of a chunk.</summary>
    public int RowsEach { get; }

    /// <summary>Chunks of an image.</summary>
    public int RowParts { get; }

    public override long PackedLength => Shape.WeightLength;

    private protected override int LaneNumbers => Shape.C;

    /// <summary>Whether all passes of a convolution are depthwise.</summary>
    public static bool Suits(in ConvShape shape, ConvLayout layout, ConvPass pass) =>
        shape.N > 0 && layout == ConvLayout.ChannelLanes && shape.Groups > 1 && shape.Groups == shape.C && shape.Groups == shape.OutC;

    private protected override void Pack(T* w, T* packed)
    {
        int elements = _correlation.KernelH * _correlation.KernelW;
        Transposition.Run(w, elements, packed, _correlation.Groups, elements, _correlation.Groups);
    }

    public override void Compute<V, A>(in Operands operands, A activation)
    {
        Correlation<T> c = _correlation;
        c.Source = _source.Read(operands.Source);
        c.Target = operands.Target;
        c.Scale = operands.Scale;
        c.Other = operands.Other;
        c.Bias = operands.Bias;
        T* packed = operands.Packed;
        if (packed == null)
        {
            packed = Scratch.Get<T>(ScratchUse.ConvWeights, PackedLength);
            Pack(operands.Weights, packed);
        }
        if (c.Bias == null)
        {
            c.Bias = Scratch.Get<T>(ScratchUse.ConvBias, c.Groups);
            new Span<T>(c.Bias, c.Groups).Clear();
        }
        var job = new DepthwiseCorrelation<V, T, A>(this, c, packed, activation);
        Team.Run(checked(c.N * RowParts), ref job);
    }
}
