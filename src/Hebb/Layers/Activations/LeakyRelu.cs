namespace Hebb.Layers;

/// <summary>y = x for x ≥ 0, slope · x below (Maas, Hannun and Ng, 2013).</summary>
/// <param name="slope">The slope below 0; 0.01 by default.</param>
public sealed class LeakyRelu(double slope = 0.01) : Module
{
    private readonly double _slope = Argument.Finite(slope);

    /// <inheritdoc/>
    public override string Details => $"{_slope}";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.LeakyRelu(_slope);

    /// <inheritdoc/>
    protected internal override Module New() => new LeakyRelu(_slope);
}
