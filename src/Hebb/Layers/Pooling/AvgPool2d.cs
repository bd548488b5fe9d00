namespace Hebb.Layers;

/// <summary>The mean of each window of images [N, C, H, W].</summary>
/// <param name="window">The window and how it moves.</param>
/// <param name="countsPadding">Whether positions in the padding count as zeros; true by default.</param>
public sealed class AvgPool2d(PoolWindow window, bool countsPadding = true) : Module
{
    private readonly PoolWindow _window = window.Checked();

    /// <summary>A square window.</summary>
    /// <param name="kernel">Rows and columns of the window.</param>
    /// <param name="stride">From one window to the next; the window's size by default.</param>
    /// <param name="pad">Zeros thought around the image; 0 by default.</param>
    /// <param name="countsPadding">Whether positions in the padding count as zeros; true by default.</param>
    public AvgPool2d(int kernel, int? stride = null, int pad = 0, bool countsPadding = true)
        : this(PoolWindow.Square(kernel, stride, pad), countsPadding) { }

    /// <inheritdoc/>
    public override string Details => MaxPool2d.Print(_window) + (countsPadding ? "" : ", padding not counted");

    private protected override bool Mixes(int rank, int axis) => axis >= 2 && _window.Along(axis - 2).Size > 1;

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != 4) throw Misfit(x, "images [N, C, H, W]; give it four axes");
        return x.AveragePool(_window, countsPadding);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new AvgPool2d(_window, countsPadding);
}
