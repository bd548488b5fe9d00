namespace Hebb.Layers;

/// <summary>
/// y[n, o, i] = b[o] + Σ x[n, c, i s + u d - p] W[o, c, u]: convolution of sequences [N, C, L], such as words over time.
/// W is [outputs, inputs / groups, kernel].
/// </summary>
public sealed class Conv1d : ConvolutionLayer
{
    private readonly ConvWindow _window;

    /// <summary>A layer.</summary>
    /// <param name="inputs">Channels of x; null leaves them open until the first input.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="kernel">The length of the kernel.</param>
    /// <param name="stride">From one output position to the next; 1 by default.</param>
    /// <param name="pad">Positions added before and after the sequence; 0 by default.</param>
    /// <param name="dilation">From one kernel element to the next; 1 by default.</param>
    /// <param name="groups">Groups of channels with filters of their own; 1 by default.</param>
    /// <param name="bias">Whether b is added; true by default.</param>
    /// <param name="start">Where the weights start, biases then at 0; U(±1/√fan-in) for both if left out.</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public Conv1d(
        int? inputs, int outputs, int kernel, int stride = 1, int pad = 0, int dilation = 1, int groups = 1, bool bias = true,
        IInitializer? start = null)
        : this(inputs, outputs, kernel, new ConvWindow(1, stride, 0, pad, 1, dilation, groups), bias, start) { }

    private Conv1d(int? inputs, int outputs, int kernel, in ConvWindow window, bool bias, IInitializer? start)
        : base(inputs, outputs, [kernel], window, bias, start) => _window = window;

    /// <inheritdoc/>
    public override bool UsesMask => true;

    /// <summary>
    /// Steps that do not count are zeros, and those windows count that a sequence alone would have:
    /// a result at n of them has the mask of that many steps.
    /// </summary>
    protected override MaskedTensor OnForward(MaskedTensor x)
    {
        if (x.Mask is null) return OnForward(x.Values);
        if (_window.PadW > 0 && PadMode != PadMode.Constant)
            throw Misfit(
                x.Values, $"no mask where it pads by {PadMode}, which would repeat steps that do not count; take PadMode.Constant");
        Tensor y = OnForward(x.Values.Rank == 3 ? x.Fill(0, axis: 2) : x.Values);
        return new MaskedTensor(y, StepWindows.Mask(x.Mask, Weight.Shape[2], _window.StrideW, _window.PadW, _window.DilationW));
    }

    private protected override int Groups => _window.Groups;

    private protected override string Layout => "sequences [N, C, L]";

    private protected override (int Kernel, int Stride, int Pad, int Dilation) Along(int axis) =>
        (Weight.Shape[2], _window.StrideW, _window.PadW, _window.DilationW);

    private protected override Tensor Correlate(Tensor x, Tensor w, bool isPadded) =>
        x.Conv1d(w, Bias, _window.StrideW, isPadded ? 0 : _window.PadW, _window.DilationW, Groups);

    /// <inheritdoc/>
    protected internal override Module New() =>
        new Conv1d(
            InputsIfKnown, Weight.Shape[0], Weight.Shape[2], _window.StrideW, _window.PadW, _window.DilationW,
            Groups, Bias is not null, Start)
        {
            PadMode = PadMode,
            IsFlipped = IsFlipped,
            IsStrict = IsStrict,
        };
}
