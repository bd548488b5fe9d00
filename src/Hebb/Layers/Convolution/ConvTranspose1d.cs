namespace Hebb.Layers;

/// <summary>
/// The transposed convolution of sequences [N, C, L], which makes them longer where a convolution with a stride makes them shorter; see
/// <see cref="TransposedConvolutionLayer"/>.
/// </summary>
/// <param name="inputs">Channels of x.</param>
/// <param name="outputs">Channels of y.</param>
/// <param name="kernel">The length of the kernel.</param>
/// <param name="stride">Positions of the result from one input to the next; 1 by default.</param>
/// <param name="pad">Positions cut off at both ends of the result; 0 by default.</param>
/// <param name="dilation">From one kernel element to the next; 1 by default.</param>
/// <param name="extra">Positions added at the end, fewer than the stride; 0 by default.</param>
/// <param name="groups">Groups of channels with filters of their own; 1 by default.</param>
/// <param name="bias">Whether a bias is added; true by default.</param>
/// <param name="start">
/// Where the weights start, biases then at 0; U(±1/√fan) for both if left out, with the fan outputs / groups · kernel.
/// </param>
public sealed class ConvTranspose1d(
    int inputs, int outputs, int kernel, int stride = 1, int pad = 0, int dilation = 1, int extra = 0, int groups = 1, bool bias = true,
    IInitializer? start = null)
    : TransposedConvolutionLayer(inputs, outputs, [kernel], stride, pad, dilation, extra, groups, bias, start)
{
    private protected override string Layout => "sequences [N, C, L]";

    private protected override Tensor Paint(Tensor x) => x.Unsqueeze(2).ConvTranspose2d(
        Weight.Unsqueeze(2), Bias, Window with { StrideH = 1, PadH = 0, DilationH = 1 }, 0, Settings.Extra).Squeeze(2);

    /// <inheritdoc/>
    protected internal override Module New() => new ConvTranspose1d(
        Weight.Shape[0], Settings.Outputs, Weight.Shape[2], Window.StrideW, Window.PadW, Window.DilationW, Settings.Extra, Window.Groups,
        Bias is not null, Settings.Start);
}
