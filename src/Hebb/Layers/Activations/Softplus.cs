namespace Hebb.Layers;

/// <summary>y = ln(1 + e^(β x)) / β, a smooth max(0, x) (Dugas et al., 2001).</summary>
/// <param name="beta">β, positive: how sharp the bend is; 1 by default.</param>
public sealed class Softplus(double beta = 1) : Module
{
    private readonly double _beta = Argument.Above(beta, 0);

    /// <inheritdoc/>
    public override string Details => _beta == 1 ? "" : $"{_beta}";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Softplus(_beta);

    /// <inheritdoc/>
    protected internal override Module New() => new Softplus(_beta);
}
