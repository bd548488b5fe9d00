namespace Hebb.Layers;

/// <summary>
/// y[n, o, h, i, j] = b[o] + Σ x[n, c, h s + t d - p, i s + u d - p, j s + v d - p] W[o, c, t, u, v]:
/// convolution of volumes or films [N, C, D, H, W]. W is [outputs, inputs / groups, kd, kh, kw].
/// </summary>
public sealed class Conv3d : ConvolutionLayer
{
    private readonly ConvWindow _window;

    /// <summary>A layer with a cube as its kernel.</summary>
    /// <param name="inputs">Channels of x; null leaves them open until the first input.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="kernel">The edge of the kernel.</param>
    /// <param name="stride">From one output position to the next, along each axis; 1 by default.</param>
    /// <param name="pad">Positions added at each end of each axis; 0 by default.</param>
    /// <param name="dilation">From one kernel element to the next; 1 by default.</param>
    /// <param name="groups">Groups of channels with filters of their own; 1 by default.</param>
    /// <param name="bias">Whether b is added; true by default.</param>
    /// <param name="start">Where the weights start, biases then at 0; U(±1/√fan-in) for both if left out.</param>
    public Conv3d(
        int? inputs, int outputs, int kernel, int stride = 1, int pad = 0, int dilation = 1, int groups = 1, bool bias = true,
        IInitializer? start = null)
        : this(inputs, outputs, (kernel, kernel, kernel), stride, pad, dilation, groups, bias, start) { }

    /// <summary>A layer with any kernel.</summary>
    /// <param name="inputs">Channels of x; null leaves them open until the first input.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="kernel">Depth, rows and columns of the kernel.</param>
    /// <param name="stride">From one output position to the next, along each axis; 1 by default.</param>
    /// <param name="pad">Positions added at each end of each axis; 0 by default.</param>
    /// <param name="dilation">From one kernel element to the next; 1 by default.</param>
    /// <param name="groups">Groups of channels with filters of their own; 1 by default.</param>
    /// <param name="bias">Whether b is added; true by default.</param>
    /// <param name="start">Where the weights start, biases then at 0; U(±1/√fan-in) for both if left out.</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public Conv3d(
        int? inputs, int outputs, (int Depth, int Rows, int Columns) kernel, int stride = 1, int pad = 0, int dilation = 1, int groups = 1,
        bool bias = true, IInitializer? start = null)
        : this(
            inputs, outputs, [kernel.Depth, kernel.Rows, kernel.Columns], ConvWindow.Square(stride, pad, dilation, groups), bias, start)
    { }

    private Conv3d(int? inputs, int outputs, ReadOnlySpan<int> kernel, in ConvWindow window, bool bias, IInitializer? start)
        : base(inputs, outputs, kernel, window, bias, start) => _window = window;

    private protected override int Groups => _window.Groups;

    private protected override string Layout => "volumes [N, C, D, H, W]";

    private protected override (int Kernel, int Stride, int Pad, int Dilation) Along(int axis) =>
        (Weight.Shape[axis + 2], _window.StrideH, _window.PadH, _window.DilationH);

    private protected override Tensor Correlate(Tensor x, Tensor w, bool isPadded) =>
        x.Conv3d(w, Bias, _window.StrideH, isPadded ? 0 : _window.PadH, _window.DilationH, Groups);

    /// <inheritdoc/>
    protected internal override Module New()
    {
        Shape w = Weight.Shape;
        return new Conv3d(
            InputsIfKnown, w[0], (w[2], w[3], w[4]), _window.StrideH, _window.PadH, _window.DilationH, Groups, Bias is not null, Start)
        {
            PadMode = PadMode,
            IsFlipped = IsFlipped,
            IsStrict = IsStrict,
        };
    }
}
