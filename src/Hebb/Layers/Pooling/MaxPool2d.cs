namespace Hebb.Layers;

/// <summary>The largest number of each window of images [N, C, H, W].</summary>
/// <param name="window">The window and how it moves.</param>
public sealed class MaxPool2d(PoolWindow window) : Module
{
    private readonly PoolWindow _window = window.Checked();

    /// <summary>A square window.</summary>
    /// <param name="kernel">Rows and columns of the window.</param>
    /// <param name="stride">From one window to the next; the window's size by default.</param>
    /// <param name="pad">What is thought around the image, never the largest; 0 by default.</param>
    public MaxPool2d(int kernel, int? stride = null, int pad = 0) : this(PoolWindow.Square(kernel, stride, pad)) { }

    /// <inheritdoc/>
    public override string Details => Print(_window);

    private protected override bool Mixes(int rank, int axis) => axis >= 2 && _window.Along(axis - 2).Size > 1;

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != 4) throw Misfit(x, "images [N, C, H, W]; give it four axes");
        return x.MaxPool(_window);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new MaxPool2d(_window);

    /// <summary>A window as pooling layers print it.</summary>
    internal static string Print(PoolWindow window)
    {
        string stride = window.StrideH == window.KernelH && window.StrideW == window.KernelW
            ? ""
            : ConvolutionLayer.Print("stride", [window.StrideH, window.StrideW], 0);
        return $"{window.KernelH}x{window.KernelW}{stride}{ConvolutionLayer.Print("padding", [window.PadH, window.PadW], 0)}";
    }
}
