namespace Hebb.Layers;

/// <summary>
/// The transposed convolution of images [N, C, H, W], which makes them larger where a convolution with a stride makes them smaller; see
/// <see cref="TransposedConvolutionLayer"/>.
/// </summary>
/// <param name="inputs">Channels of x.</param>
/// <param name="outputs">Channels of y.</param>
/// <param name="kernel">Rows and columns of the kernel.</param>
/// <param name="stride">Rows and columns of the result from one input to the next; 1 by default.</param>
/// <param name="pad">Rows and columns cut off around the result; 0 by default.</param>
/// <param name="dilation">From one kernel element to the next; 1 by default.</param>
/// <param name="extra">Rows and columns added at the bottom and on the right, fewer than the stride; 0 by default.</param>
/// <param name="groups">Groups of channels with filters of their own; 1 by default.</param>
/// <param name="bias">Whether a bias is added; true by default.</param>
/// <param name="start">
/// Where the weights start, biases then at 0; U(±1/√fan) for both if left out, with the fan outputs / groups · kernel².
/// </param>
public sealed class ConvTranspose2d(
    int inputs, int outputs, int kernel, int stride = 1, int pad = 0, int dilation = 1, int extra = 0, int groups = 1, bool bias = true,
    IInitializer? start = null)
    : TransposedConvolutionLayer(inputs, outputs, [kernel, kernel], stride, pad, dilation, extra, groups, bias, start)
{
    private protected override string Layout => "images [N, C, H, W]";

    private protected override Tensor Paint(Tensor x) => x.ConvTranspose2d(Weight, Bias, Window, Settings.Extra, Settings.Extra);

    /// <inheritdoc/>
    protected internal override Module New() => new ConvTranspose2d(
        Weight.Shape[0], Settings.Outputs, Weight.Shape[2], Window.StrideH, Window.PadH, Window.DilationH, Settings.Extra, Window.Groups,
        Bias is not null, Settings.Start);
}
