namespace Hebb.Layers;

/// <summary>
/// y = clip(x, low, high): the hyperbolic tangent in three straight pieces; with the bounds 0 and 6 it is ReLU6. The derivative is 1
/// between the bounds and 0 at and outside them.
/// </summary>
/// <param name="low">The smallest output; -1 by default.</param>
/// <param name="high">The largest output; 1 by default.</param>
public sealed class HardTanh(double low = -1, double high = 1) : Module
{
    private readonly double _low = Argument.Finite(low);
    private readonly double _high = Argument.AtLeast(high, low);

    /// <inheritdoc/>
    public override string Details => _low == -1 && _high == 1 ? "" : $"{_low} to {_high}";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Clip(_low, _high, slopeAtEnds: 0);

    /// <inheritdoc/>
    protected internal override Module New() => new HardTanh(_low, _high);
}
