namespace Hebb.Kernels;

/// <summary>A correlation with lanes over the target's channels: weights in panels, and how the work is cut into chunks.</summary>
internal sealed unsafe class ChannelPlan<T> : CorrelationPlan<T> where T : unmanaged
{
    // A chunk is about as many pixels as make the weights worth fetching into the cache, and as many weights as stay there.
    private const int ChunkPixels = 512;
    private const int ChunkWeightBytes = 512 << 10;

    // Weights so small that they stay in the first-level cache: a chunk has all of them.
    internal const int SmallWeightBytes = 64 << 10;

    // Below this much work a chunk is not worth sharing; above, there are to be at least so many chunks. Small weights are fetched at once,
    // so that smaller chunks pay; with fewer than four, threads would end at unequal times.
    private const long SharedFlops = 1 << 21, SmallSharedFlops = 1 << 20, LeastFlops = 1 << 18;
    private const int EnoughChunks = 16, FewChunks = 4;

    private readonly Correlation<T> _correlation;
    private readonly ChannelCopy<T> _source;
    private readonly int _chunks;

    public ChannelPlan(ConvProblem problem) : base(problem)
    {
        _correlation = Correlation<T>.Of(problem);
        _source = new(problem.SourceSizes, problem.SourceStrides, ScratchUse.ConvSource, IsScattered(problem.SourceStrides));
        _correlation.SetSource(_source.Strides);
        Cut(_correlation, out PanelCount, out Images, out Rows, out Panels, out _chunks);
    }

    /// <summary>Panels of target channels in a group.</summary>
    public readonly int PanelCount;

    /// <summary>How images, rows and panels are cut into chunks.</summary>
    public readonly Parts Images, Rows, Panels;

    public override long PackedLength => WeightPanels<T>.Length(_correlation);

    public static bool Suits(in ConvShape shape, ConvLayout layout, ConvPass pass) => shape.N > 0 && layout == ConvLayout.ChannelLanes;

    /// <summary>
    /// Whether neither channels nor columns lie side by side, so that each number would be fetched with a cache line of its own.
    /// </summary>
    public static bool IsScattered(in Dims strides) => strides[1] != 1 && strides[3] != 1;

    private protected override void Pack(T* w, T* packed)
    {
        Correlation<T> c = _correlation;
        c.Weights = w;
        WeightPanels<T>.Pack(c, packed);
    }

    public override void Compute<V, A>(in Operands operands, A activation)
    {
        Correlation<T> c = _correlation;
        c.Source = _source.Read(operands.Source);
        c.Target = operands.Target;
        c.Scale = operands.Scale;
        c.Other = operands.Other;
        T* panels = operands.Packed, bias = Scratch.Get<T>(ScratchUse.ConvBias, (long)c.Groups * PanelCount * WeightPanels<T>.Width);
        if (panels == null)
        {
            panels = Scratch.Get<T>(ScratchUse.ConvWeights, PackedLength);
            Pack(operands.Weights, panels);
        }
        WeightPanels<T>.PackBias(c.Groups, c.TargetChannels, operands.Bias, bias);
        var job = new ChannelCorrelation<V, T, A>(this, c, panels, bias, activation);
        Team.Run(_chunks, ref job);
    }

    // How the work is cut depends on the shape alone.
    private static void Cut(in Correlation<T> c, out int panelCount, out Parts images, out Parts rows, out Parts panels, out int chunks)
    {
        int pixels = c.Height * c.Width;
        panelCount = WeightPanels<T>.Count(c.TargetChannels);
        long panelBytes = (long)c.Depth * WeightPanels<T>.Width * sizeof(T);
        int imagesEach = Math.Clamp(ChunkPixels / Math.Max(1, pixels), 1, Math.Max(1, c.N));
        int rowsEach = (int)Math.Clamp(2L * ChunkPixels / c.Width, 1, c.Height);
        int panelsEach = (int)Math.Clamp(ChunkWeightBytes / panelBytes, 1, panelCount);
        bool isSmall = panelBytes * panelCount <= SmallWeightBytes;
        while (true)
        {
            images = Parts.Even(c.N, imagesEach);
            rows = Parts.Even(c.Height, rowsEach);
            panels = Parts.Even(panelCount, panelsEach);
            (imagesEach, rowsEach, panelsEach) = (images.Each, rows.Each, panels.Each);
            chunks = checked(c.Groups * images.Count * rows.Count * panels.Count);
            long flops = 2L * imagesEach * rowsEach * c.Width * c.Depth * panelsEach * WeightPanels<T>.Width;
            long least = !isSmall ? SharedFlops : chunks < FewChunks ? LeastFlops : SmallSharedFlops;
            if (chunks >= EnoughChunks || flops < least) return;
            if (panelsEach > 1 && !isSmall) panelsEach = (panelsEach + 1) / 2;
            else if (imagesEach > 1) imagesEach = (imagesEach + 1) / 2;
            else if (rowsEach > 1) rowsEach = (rowsEach + 1) / 2;
            else if (panelsEach > 1) panelsEach = (panelsEach + 1) / 2;
            else return;
        }
    }
}

/// <summary>A number of things cut into parts of about equal size.</summary>
/// <param name="Each">Things of a part; the last may have fewer.</param>
/// <param name="Count">The number of parts.</param>
internal readonly record struct Parts(int Each, int Count)
{
    /// <summary>As few parts as parts of <paramref name="most"/> things are needed, made even.</summary>
    public static Parts Even(int whole, int most)
    {
        int count = (int)(((long)whole + most - 1) / most);
        return new((int)(((long)whole + count - 1) / Math.Max(1, count)), count);
    }
}
