namespace Hebb.Layers;

/// <summary>
/// y = x + f(x), or s(x) + f(x) with a shortcut s where f changes the shape (He, Zhang, Ren and Sun, Deep
/// Residual Learning for Image Recognition, 2016): <c>new Residual([new Conv2d(16, 16, 3, pad: 1), new BatchNorm2d(16), new Relu()])</c>.
/// </summary>
public sealed class Residual : Module
{
    /// <summary>A block.</summary>
    /// <param name="body">The layers of f.</param>
    /// <param name="shortcut">s, such as a 1x1 convolution; the identity if left out.</param>
    public Residual(Sequential body, Module? shortcut = null)
    {
        Child(Body = body, "body");
        if (shortcut is not null) Child(Shortcut = shortcut, "shortcut");
    }

    /// <summary>f</summary>
    public Sequential Body { get; }

    /// <summary>s; null for the identity.</summary>
    public Module? Shortcut { get; }

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => Sum(x, Body.Forward(x), Shortcut?.Forward(x) ?? x);

    /// <summary>The mask is that of the layers' result.</summary>
    protected override MaskedTensor OnForward(MaskedTensor x)
    {
        MaskedTensor y = Body.Forward(x), straight = Shortcut?.Forward(x) ?? x;
        return y.With(Sum(x.Values, y.Values, straight.Values));
    }

    private Tensor Sum(Tensor x, Tensor y, Tensor straight)
    {
        if (y.Shape != straight.Shape)
            throw Misfit(x, $"inputs whose shortcut {straight.Shape} has the shape {y.Shape} of the layers' result; "
                + "give the block a shortcut that changes shapes likewise");
        // The result lies as the body's does, whose convolutions read and write it best.
        return y + straight;
    }

    /// <inheritdoc/>
    protected internal override Module New() => new Residual(Body.Clone(), Shortcut?.Clone());
}
