namespace Hebb.Layers;

/// <summary>
/// y = (Σ |x|ᵖ)^(1/p) over each window of images [N, C, H, W]: L2-norm pooling for p = 2. The gradient of a window of zeros is taken as 0.
/// </summary>
/// <param name="window">The window and how it moves; zeros are thought around the image.</param>
/// <param name="p">The norm's exponent, at least 1; 2 by default.</param>
public sealed class NormPool2d(PoolWindow window, double p = 2) : Module
{
    private readonly PoolWindow _window = window.Checked();
    private readonly double _p = Argument.AtLeast(p, 1);

    /// <summary>A square window.</summary>
    /// <param name="kernel">Rows and columns of the window.</param>
    /// <param name="stride">From one window to the next; the window's size by default.</param>
    /// <param name="p">The norm's exponent, at least 1; 2 by default.</param>
    public NormPool2d(int kernel, int? stride = null, double p = 2) : this(PoolWindow.Square(kernel, stride), p) { }

    /// <inheritdoc/>
    public override string Details => $"{MaxPool2d.Print(_window)}, L{_p}";

    /// <inheritdoc/>
    public override (int Size, int Stride)? WindowAlong(int axis) => _window.Along(axis);

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != 4) throw Misfit(x, "images [N, C, H, W]; give it four axes");
        return WindowPool2d.Through(x, _window, windows => windows.Norm(_p, [-1]));
    }

    /// <inheritdoc/>
    protected internal override Module New() => new NormPool2d(_window, _p);
}
