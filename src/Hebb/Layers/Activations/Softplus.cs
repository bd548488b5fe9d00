namespace Hebb.Layers;

/// <summary>y = ln(1 + e^(β x)) / β, a smooth max(0, x) (Dugas et al., 2001).</summary>
/// <param name="beta">β, positive: how sharp the bend is; 1 by default.</param>
public sealed class Softplus(double beta = 1) : Module
{
    /// <inheritdoc/>
    public override string Details => beta == 1 ? "" : $"{beta}";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Softplus(beta);

    /// <inheritdoc/>
    protected internal override Module New() => new Softplus(beta);
}
