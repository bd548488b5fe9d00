namespace Hebb.Layers;

/// <summary>
/// y[n, o, i, j] = b[o] + Σ x[n, c, i s + u d - p, j s + v d - p] W[o, c, u, v]: convolution of images [N, C, H, W] as networks compute it,
/// without turning the kernel round. W is [outputs, inputs / groups, kh, kw], as PyTorch keeps it.
/// </summary>
public sealed class Conv2d : ConvolutionLayer
{
    /// <summary>A layer with a square kernel that moves alike along rows and columns.</summary>
    /// <param name="inputs">Channels of x; null leaves them open until the first input.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="kernel">Rows and columns of the kernel.</param>
    /// <param name="stride">From one output position to the next; 1 by default.</param>
    /// <param name="pad">Zeros thought around the image; 0 by default.</param>
    /// <param name="dilation">From one kernel element to the next; 1 by default.</param>
    /// <param name="groups">Groups of channels with filters of their own; 1 by default.</param>
    /// <param name="bias">Whether b is added; true by default.</param>
    /// <param name="start">Where the weights start, biases then at 0; U(±1/√fan-in) for both if left out.</param>
    public Conv2d(
        int? inputs, int outputs, int kernel, int stride = 1, int pad = 0, int dilation = 1, int groups = 1, bool bias = true,
        IInitializer? start = null)
        : this(inputs, outputs, (kernel, kernel), ConvWindow.Square(stride, pad, dilation, groups), bias, start) { }

    /// <summary>A layer with any kernel and window.</summary>
    /// <param name="inputs">Channels of x; null leaves them open until the first input.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="kernel">Rows and columns of the kernel.</param>
    /// <param name="window">How the kernel moves, and the groups.</param>
    /// <param name="bias">Whether b is added; true by default.</param>
    /// <param name="start">Where the weights start, biases then at 0; U(±1/√fan-in) for both if left out.</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public Conv2d(int? inputs, int outputs, (int Rows, int Columns) kernel, ConvWindow window, bool bias = true, IInitializer? start = null)
        : base(inputs, outputs, [kernel.Rows, kernel.Columns], window, bias, start) => Window = window;

    /// <summary>How the kernel moves over the image.</summary>
    public ConvWindow Window { get; }

    private protected override int Groups => Window.Groups;

    private protected override string Layout => "images [N, C, H, W]";

    private protected override (int Kernel, int Stride, int Pad, int Dilation) Along(int axis) => axis == 0
        ? (Weight.Shape[2], Window.StrideH, Window.PadH, Window.DilationH)
        : (Weight.Shape[3], Window.StrideW, Window.PadW, Window.DilationW);

    private protected override Tensor Correlate(Tensor x, Tensor w, bool isPadded) =>
        x.Conv2d(w, Bias, isPadded ? Window with { PadH = 0, PadW = 0 } : Window);

    /// <inheritdoc/>
    protected internal override Module New() =>
        new Conv2d(InputsIfKnown, Weight.Shape[0], (Weight.Shape[2], Weight.Shape[3]), Window, Bias is not null, Start)
        {
            PadMode = PadMode,
            IsFlipped = IsFlipped,
            IsStrict = IsStrict,
        };
}
