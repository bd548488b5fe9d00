namespace Hebb.Kernels;

/// <summary>Gradients of weights and bias with lanes over the output channels.</summary>
internal sealed unsafe class ChannelWeightPlan<T> : WeightGradientPlan<T> where T : unmanaged
{
    // One sum runs over about so many pixels; the gradients of so many stay in the first-level cache; rows longer than this are cut.
    private const int ChunkPixels = 4096;
    private const int BlockPixels = 256;
    private const int LongRow = 1024;

    // With fewer input channels tiles are wide instead of tall.
    private const int FewChannels = 6;

    // From so many products with each gradient on, gathering the gradients of a block side by side pays.
    private const int WorthGathering = 64;
    private const int EnoughChunks = 8;

    // Panels of output channels that meet a block of the image while it is in the second-level cache.
    private const int MostPanels = 4;

    private readonly ChannelCopy<T> _x;

    /// <summary>Strides of inputs and of gradients as they are read.</summary>
    public readonly Dims X, Dy;

    /// <summary>Input and output channels of a group, rows and columns of the outputs.</summary>
    public readonly int Channels, Outs, OutH, OutW;

    /// <summary>Output channels of a panel, and panels of a group.</summary>
    public readonly int Width, Panels;

    /// <summary>
    /// Rows are cut into segments; a block is some segments, a sum some blocks. The number of sums is <see cref="Sums"/>.
    /// </summary>
    public readonly int SegmentWidth, Segments, BlockSegments, ChunkSegments, Sums;

    /// <summary>How the panels and kernel elements of a sum are cut into chunks.</summary>
    public readonly int PanelsEach, PanelParts, ElementParts;

    /// <summary>Numbers of the sums of a panel.</summary>
    public readonly long PanelLength;

    /// <summary>Whether the gradients of a block are gathered side by side.</summary>
    public readonly bool Gathers;

    private readonly int _chunks;

    public ChannelWeightPlan(ConvProblem problem) : base(problem)
    {
        ConvShape s = problem.Shape;
        _x = new(problem.InputSizes, problem.X, ScratchUse.ConvSource, ChannelPlan<T>.IsScattered(problem.X));
        (X, Dy) = (_x.Strides, problem.Y);
        (Channels, Outs, OutH, OutW) = (s.C / s.Groups, s.OutC / s.Groups, s.OutH, s.OutW);

        // How the work is cut depends on the shape alone.
        int register = 64 / sizeof(T), elements = s.KernelH * s.KernelW;
        Width = register * (Outs <= register ? 1 : Outs > 2 * register && Channels <= FewChannels ? 4 : 2);
        Panels = (Outs + Width - 1) / Width;
        PanelLength = (((long)elements * Channels) + (problem.HasBias ? 1 : 0)) * Width;
        SegmentWidth = Math.Min(OutW, LongRow);
        Segments = (OutW + SegmentWidth - 1) / SegmentWidth;
        BlockSegments = Segments > 1 ? 1 : Math.Max(1, BlockPixels / OutW);
        ChunkSegments = Math.Max(1, ChunkPixels / SegmentWidth);
        long all = (long)s.N * OutH * Segments;
        Sums = (int)((all + ChunkSegments - 1) / ChunkSegments);
        Gathers = Dy[1] != 1 || Outs % Width != 0 || (long)elements * Channels >= WorthGathering;
        int separate = checked(Sums * s.Groups);
        PanelsEach = Math.Clamp(Panels * separate / EnoughChunks, 1, Math.Min(Panels, MostPanels));
        PanelParts = (Panels + PanelsEach - 1) / PanelsEach;
        separate = checked(separate * PanelParts);
        ElementParts = Math.Clamp((EnoughChunks + separate - 1) / separate, 1, elements);
        _chunks = checked(separate * ElementParts);
    }

    /// <summary>
    /// The outputs along an axis that see a kernel element at <paramref name="offset"/> from their window's first position inside the
    /// image.
    /// </summary>
    public static (int First, int Last) Inside(int size, int outs, int stride, int offset)
    {
        int first = offset >= 0 ? 0 : (int)((-(long)offset + stride - 1) / stride);
        int last = offset >= size ? 0 : (int)(((long)size - 1 - offset) / stride) + 1;
        return (Math.Min(first, outs), Math.Min(last, outs));
    }

    private protected override void Compute<V>(T* x, T* dy, T* dw, T* db)
    {
        T* sums = Scratch.Get<T>(ScratchUse.ConvSums, (long)Sums * Shape.Groups * Panels * PanelLength);
        var job = new ChannelWeights<V, T>(this, _x.Read(x), dy, sums);
        Team.Run(_chunks, ref job);
        WeightSums<T>.ToWeights(Shape, sums, Sums, Width, dw, db);
    }
}
