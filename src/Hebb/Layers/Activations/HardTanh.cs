namespace Hebb.Layers;

/// <summary>
/// y = clip(x, low, high): the hyperbolic tangent in three straight pieces; with the bounds 0 and 6 it is ReLU6. The derivative is 1
/// between the bounds and 0 at and outside them.
/// </summary>
/// <param name="low">The smallest output; -1 by default.</param>
/// <param name="high">The largest output; 1 by default.</param>
public sealed class HardTanh(double low = -1, double high = 1) : Module
{
    /// <inheritdoc/>
    public override string Details => low == -1 && high == 1 ? "" : $"{low} to {high}";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Clip(low, high, slopeAtEnds: 0);

    /// <inheritdoc/>
    protected internal override Module New() => new HardTanh(low, high);
}
