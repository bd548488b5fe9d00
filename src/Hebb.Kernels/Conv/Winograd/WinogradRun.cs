namespace Hebb.Kernels;

/// <summary>Takes a checked call to the kernel of <see cref="Winograd"/> for the lane width in force.</summary>
internal static unsafe class WinogradRun<T> where T : unmanaged
{
    /// <summary>Outputs from inputs or, <paramref name="backward"/>, gradients of inputs from gradients of outputs.</summary>
    public static void Correlate<A>(
        in ConvShape s, bool backward, T* from, Dims fromStrides, T* w, T* packed, T* bias, T* to, in Dims toStrides, A activation,
        ChannelScale<T> scale = default)
        where A : struct, IUnaryLane
    {
        Dims sources = backward ? ConvCheck.Outputs(s) : ConvCheck.Inputs(s), targets = backward ? ConvCheck.Inputs(s) : ConvCheck.Outputs(s);
        from = ChannelCopy<T>.Make(from, sources, ref fromStrides, ScratchUse.ConvSource);
        int high = Winograd.Tiles(targets[2]), wide = Winograd.Tiles(targets[3]), channels = targets[1] / s.Groups;
        int padH = backward ? 2 - s.PadH : s.PadH, padW = backward ? 2 - s.PadW : s.PadW;
        var source = new TiledStack<T>(from, sources, fromStrides, high, wide, -padH, -padW);
        var target = new TiledStack<T>(to, targets, toStrides, high, wide);
        T* biases = Scratch.Get<T>(ScratchUse.ConvBias, (long)s.Groups * WinogradWeights<T>.PanelCount(channels) * WinogradWeights<T>.Width);
        WeightPanels<T>.PackBias(s.Groups, channels, bias, biases);
        switch (Lanes.Width)
        {
            case 512: WinogradCorrelation<W512<T>, T, A>.Go(source, target, s, backward, w, packed, biases, activation, scale); break;
            case 256: WinogradCorrelation<W256<T>, T, A>.Go(source, target, s, backward, w, packed, biases, activation, scale); break;
            case 128: WinogradCorrelation<W128<T>, T, A>.Go(source, target, s, backward, w, packed, biases, activation, scale); break;
            default: WinogradCorrelation<W1<T>, T, A>.Go(source, target, s, backward, w, packed, biases, activation, scale); break;
        }
    }

    /// <summary>Gradients of weights and, unless <paramref name="db"/> is null, of the bias.</summary>
    public static void Weights(in ConvShape s, T* x, Dims xStrides, T* dy, Dims dyStrides, T* dw, T* db)
    {
        x = ChannelCopy<T>.Make(x, ConvCheck.Inputs(s), ref xStrides, ScratchUse.ConvSource);
        dy = ChannelCopy<T>.Make(dy, ConvCheck.Outputs(s), ref dyStrides, ScratchUse.ConvGradient);
        int high = Winograd.Tiles(s.OutH), wide = Winograd.Tiles(s.OutW);
        var inputs = new TiledStack<T>(x, ConvCheck.Inputs(s), xStrides, high, wide, -s.PadH, -s.PadW);
        var gradients = new TiledStack<T>(dy, ConvCheck.Outputs(s), dyStrides, high, wide);
        switch (Lanes.Width)
        {
            case 512: WinogradGradient<W512<T>, T>.Go(s, inputs, gradients, dw, db); break;
            case 256: WinogradGradient<W256<T>, T>.Go(s, inputs, gradients, dw, db); break;
            case 128: WinogradGradient<W128<T>, T>.Go(s, inputs, gradients, dw, db); break;
            default: WinogradGradient<W1<T>, T>.Go(s, inputs, gradients, dw, db); break;
        }
    }
}
