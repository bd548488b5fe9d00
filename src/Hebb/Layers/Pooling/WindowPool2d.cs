namespace Hebb.Layers;

/// <summary>
/// A pooling of your own: what a function makes of each window of images [N, C, H, W].
/// The windows stand in the last axis, [N, C, H', W', rows · columns], which the function takes away:
/// <c>new WindowPool2d(PoolWindow.Square(2), w =&gt; w.LogSumExp(-1))</c>. Zeros are thought around the images.
/// </summary>
public sealed class WindowPool2d : Module
{
    private readonly PoolWindow _window;
    private readonly Func<Tensor, Tensor> _aggregate;

    /// <summary>A pooling.</summary>
    /// <param name="window">The window and how it moves; only whole windows count.</param>
    /// <param name="aggregate">What becomes of the windows.</param>
    public WindowPool2d(PoolWindow window, Func<Tensor, Tensor> aggregate)
    {
        ArgumentNullException.ThrowIfNull(aggregate);
        (_window, _aggregate) = (window.Checked(), aggregate);
    }

    /// <inheritdoc/>
    public override string Details => MaxPool2d.Print(_window);

    /// <inheritdoc/>
    public override (int Size, int Stride)? WindowAlong(int axis) => _window.Along(axis);

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != 4) throw Misfit(x, "images [N, C, H, W]; give it four axes");
        return Through(x, _window, _aggregate);
    }

    /// <summary>The aggregates of all windows.</summary>
    internal static Tensor Through(Tensor x, in PoolWindow window, Func<Tensor, Tensor> aggregate) => aggregate(
        x.Windows(window.KernelH, window.KernelW, new ConvWindow(window.StrideH, window.StrideW, window.PadH, window.PadW)).Flatten(4, 5));

    /// <inheritdoc/>
    protected internal override Module New() => new WindowPool2d(_window, _aggregate);
}
