namespace Hebb.Kernels;

/// <summary>
/// Convolutions in which every channel has one filter of its own, with lanes over channels. Their work is little for the memory they visit, so nothing
/// is packed but the weights, [kernel element][channel].
/// </summary>
internal static unsafe class Depthwise<T> where T : unmanaged
{
    /// <summary>Whether all passes of a convolution take this way.</summary>
    public static bool Suits(in ConvShape s, ConvLayout layout) =>
        layout == ConvLayout.ChannelLanes && s.Groups > 1 && s.Groups == s.C && s.Groups == s.OutC;

    /// <summary>Turns weights [channel][kernel element] round.</summary>
    public static void Pack(in ConvShape s, T* weights, T* packed)
    {
        int elements = s.KernelH * s.KernelW;
        Transposition.Run(weights, elements, packed, s.C, elements, s.C);
    }

    /// <summary>The forward pass or the gradient of the input; <paramref name="packed"/> may be null.</summary>
    public static void Correlate<A>(in ConvShape s, ref Correlation<T> c, in Dims source, T* packed, A activation) where A : struct, IUnaryLane
    {
        Dims strides = [c.SourceN, c.SourceC, c.SourceH, c.SourceW];
        c.Source = ChannelCopy<T>.Make(c.Source, source, ref strides, ScratchUse.ConvSource);
        (c.SourceN, c.SourceC, c.SourceH, c.SourceW) = (strides[0], strides[1], strides[2], strides[3]);
        if (packed == null) Pack(s, c.Weights, packed = Scratch.Get<T>(ScratchUse.ConvWeights, s.WeightLength));
        switch (ConvRun<T>.WidthFor(s.C))
        {
            case 512: DepthwiseCorrelation<W512<T>, T, A>.Go(c, packed, activation); break;
            case 256: DepthwiseCorrelation<W256<T>, T, A>.Go(c, packed, activation); break;
            case 128: DepthwiseCorrelation<W128<T>, T, A>.Go(c, packed, activation); break;
            default: DepthwiseCorrelation<W1<T>, T, A>.Go(c, packed, activation); break;
        }
    }

    /// <summary>Gradients of weights and, unless <paramref name="db"/> is null, of the bias.</summary>
    public static void Weights(in ConvShape s, T* x, Dims xStrides, T* dy, Dims dyStrides, T* dw, T* db)
    {
        x = ChannelCopy<T>.Make(x, ConvCheck.Inputs(s), ref xStrides, ScratchUse.ConvSource);
        dy = ChannelCopy<T>.Make(dy, ConvCheck.Outputs(s), ref dyStrides, ScratchUse.ConvGradient);
        switch (ConvRun<T>.WidthFor(s.C))
        {
            case 512: DepthwiseWeights<W512<T>, T>.Go(s, x, xStrides, dy, dyStrides, dw, db); break;
            case 256: DepthwiseWeights<W256<T>, T>.Go(s, x, xStrides, dy, dyStrides, dw, db); break;
            case 128: DepthwiseWeights<W128<T>, T>.Go(s, x, xStrides, dy, dyStrides, dw, db); break;
            default: DepthwiseWeights<W1<T>, T>.Go(s, x, xStrides, dy, dyStrides, dw, db); break;
        }
    }
}
