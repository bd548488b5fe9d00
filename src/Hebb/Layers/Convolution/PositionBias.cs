namespace Hebb.Layers;

/// <summary>
/// y = x + b with a trained b of the shape of one sample, which starts at 0: behind a convolution without a bias, one for each position of
/// each map instead of one for each filter.
/// </summary>
public sealed class PositionBias : Module
{
    /// <summary>A bias for samples of a shape.</summary>
    /// <param name="shape">The shape of one sample, without the batch; an axis of 1 shares the bias along it.</param>
    public PositionBias(Shape shape) => Register(Bias = new Parameter(shape, Initializer.Constant(0)) { IsDecayed = false }, "bias");

    /// <summary>b, of the shape of one sample.</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override string Details => InvariantText.Join("x", Bias.Shape.AsSpan());

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        bool fits = x.Rank == Bias.Rank + 1 && x.DType == Bias.DType;
        for (int i = 0; fits && i < Bias.Rank; i++) fits = Bias.Shape[i] == 1 || Bias.Shape[i] == x.Shape[i + 1];
        return fits
            ? x + Bias
            : throw Misfit(x, $"{Bias.DType.Name} samples of shape {Bias.Shape}; give it those, or build the layer for yours");
    }

    /// <inheritdoc/>
    protected internal override Module New() => new PositionBias(Bias.Shape);
}
