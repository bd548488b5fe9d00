namespace Hebb.Kernels;

/// <summary>A correlation with lanes over the images of the batch: weights are read as they are.</summary>
internal sealed unsafe class BatchPlan<T> : CorrelationPlan<T> where T : unmanaged
{
    // A chunk is a few rows of all channels of a group, at least about this much work.
    private const long ChunkFlops = 1 << 21;

    private readonly Correlation<T> _correlation;
    private readonly BatchCopy<T>? _source;

    public BatchPlan(ConvProblem problem) : base(problem)
    {
        _correlation = Correlation<T>.Of(problem);
        ref readonly Correlation<T> c = ref _correlation;
        if (c.SourceN != 1)
        {
            _source = new(problem.SourceSizes, problem.SourceStrides, ScratchUse.ConvSource, 0, 0, c.N);
            _correlation.SetSource(_source.Value.Strides);
        }
        // How the work is cut depends on the shape alone.
        long rowFlops = Math.Max(1, 2L * c.N * c.Width * c.Depth * c.TargetChannels);
        RowsEach = (int)Math.Clamp(ChunkFlops / rowFlops, 1, c.Height);
        RowParts = (c.Height + RowsEach - 1) / RowsEach;
    }

    /// <summary>Rows of a chunk.</summary>
    public int RowsEach { get; }

    /// <summary>Chunks of a group.</summary>
    public int RowParts { get; }

    private protected override int LaneNumbers => _correlation.N;

    public static bool Suits(in ConvShape shape, ConvLayout layout, ConvPass pass) => shape.N > 0 && layout == ConvLayout.BatchLanes;

    public override void Compute<V, A>(in Operands operands, A activation)
    {
        Correlation<T> c = _correlation;
        c.Source = _source is { } copy ? copy.Make(operands.Source) : operands.Source;
        c.Weights = operands.Weights;
        c.Bias = operands.Bias;
        c.Target = operands.Target;
        c.Scale = operands.Scale;
        c.Other = operands.Other;
        var job = new BatchCorrelation<V, T, A>(this, c, activation);
        Team.Run(checked(c.Groups * RowParts), ref job);
    }
}
