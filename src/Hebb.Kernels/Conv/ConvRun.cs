namespace Hebb.Kernels;

/// <summary>Takes a checked call to the kernel of its layout and of the lane width in force.</summary>
internal static unsafe class ConvRun<T> where T : unmanaged
{
    public static void Correlate<A>(ref Correlation<T> c, ConvLayout layout, in Dims source, T* packed, A activation)
        where A : struct, IUnaryLane
    {
        if (layout == ConvLayout.ChannelLanes)
        {
            if (IsScattered(c.SourceC, c.SourceW))
            {
                Dims strides = [c.SourceN, c.SourceC, c.SourceH, c.SourceW];
                c.Source = ChannelCopy<T>.Make(c.Source, source, ref strides, ScratchUse.ConvSource);
                (c.SourceN, c.SourceC, c.SourceH, c.SourceW) = (strides[0], strides[1], strides[2], strides[3]);
            }
            T* panels = packed != null ? packed : Scratch.Get<T>(ScratchUse.ConvWeights, WeightPanels<T>.Length(c));
            T* bias = Scratch.Get<T>(ScratchUse.ConvBias, (long)c.Groups * WeightPanels<T>.Count(c.TargetChannels) * WeightPanels<T>.Width);
            if (packed == null) WeightPanels<T>.Pack(c, panels);
            WeightPanels<T>.PackBias(c.Groups, c.TargetChannels, c.Bias, bias);
            switch (Lanes.Width)
            {
                case 512: ChannelCorrelation<W512<T>, T, A>.Go(c, panels, bias, activation); break;
                case 256: ChannelCorrelation<W256<T>, T, A>.Go(c, panels, bias, activation); break;
                case 128: ChannelCorrelation<W128<T>, T, A>.Go(c, panels, bias, activation); break;
                default: ChannelCorrelation<W1<T>, T, A>.Go(c, panels, bias, activation); break;
            }
            return;
        }
        if (c.SourceN != 1)
        {
            Dims strides = [c.SourceN, c.SourceC, c.SourceH, c.SourceW];
            c.Source = BatchCopy<T>.Make(c.Source, source, strides, 0, 0, c.N, ScratchUse.ConvSource, out strides);
            (c.SourceN, c.SourceC, c.SourceH, c.SourceW) = (1, strides[1], strides[2], strides[3]);
        }
        AlongBatch(c, activation);
    }

    /// <summary>Whether neither channels nor columns lie side by side, so that each number would be fetched with a cache line of its own.</summary>
    private static bool IsScattered(int channelStep, int columnStep) => channelStep != 1 && columnStep != 1;

    /// <summary>With lanes over the images, which lie side by side in source and target.</summary>
    public static void AlongBatch<A>(in Correlation<T> c, A activation) where A : struct, IUnaryLane
    {
        switch (WidthFor(c.N))
        {
            case 512: BatchCorrelation<W512<T>, T, A>.Go(c, activation); break;
            case 256: BatchCorrelation<W256<T>, T, A>.Go(c, activation); break;
            case 128: BatchCorrelation<W128<T>, T, A>.Go(c, activation); break;
            default: BatchCorrelation<W1<T>, T, A>.Go(c, activation); break;
        }
    }

    /// <summary>The widest lanes, up to those in force, of which so many numbers fill a register.</summary>
    public static int WidthFor(int numbers)
    {
        int width = Lanes.Width;
        while (width > 1 && width / 8 / sizeof(T) > numbers) width = width == 128 ? 1 : width / 2;
        return width;
    }

    public static void Weights(in ConvShape s, ConvLayout layout, T* x, in Dims xStrides, T* dy, in Dims dyStrides, T* dw, T* db)
    {
        Dims xs = xStrides, dys = dyStrides;
        if (layout == ConvLayout.ChannelLanes)
        {
            if (IsScattered(xs[1], xs[3])) x = ChannelCopy<T>.Make(x, ConvCheck.Inputs(s), ref xs, ScratchUse.ConvSource);
            switch (Lanes.Width)
            {
                case 512: ChannelWeights<W512<T>, T>.Go(s, x, xs, dy, dys, dw, db); break;
                case 256: ChannelWeights<W256<T>, T>.Go(s, x, xs, dy, dys, dw, db); break;
                case 128: ChannelWeights<W128<T>, T>.Go(s, x, xs, dy, dys, dw, db); break;
                default: ChannelWeights<W1<T>, T>.Go(s, x, xs, dy, dys, dw, db); break;
            }
            return;
        }
        int lanes = VirtualLanes.Count<T>(), images = checked((s.N + lanes - 1) / lanes * lanes);
        if (images != s.N || xs[0] != 1 || s.PadH > 0 || s.PadW > 0)
            x = BatchCopy<T>.Make(x, ConvCheck.Inputs(s), xs, s.PadH, s.PadW, images, ScratchUse.ConvSource, out xs);
        if (images != s.N || dys[0] != 1)
            dy = BatchCopy<T>.Make(dy, ConvCheck.Outputs(s), dys, 0, 0, images, ScratchUse.ConvGradient, out dys);
        switch (Lanes.Width)
        {
            case 512: BatchWeights<W512<T>, T>.Go(s, images, x, xs, dy, dys, dw, db); break;
            case 256: BatchWeights<W256<T>, T>.Go(s, images, x, xs, dy, dys, dw, db); break;
            case 128: BatchWeights<W128<T>, T>.Go(s, images, x, xs, dy, dys, dw, db); break;
            default: BatchWeights<W1<T>, T>.Go(s, images, x, xs, dy, dys, dw, db); break;
        }
    }
}
