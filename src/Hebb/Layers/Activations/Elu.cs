namespace Hebb.Layers;

/// <summary>y = x for x ≥ 0, α (eˣ - 1) below (Clevert, Unterthiner and Hochreiter, 2016).</summary>
/// <param name="alpha">α, not negative: the function tends to -α; 1 by default.</param>
public sealed class Elu(double alpha = 1) : Module
{
    private readonly double _alpha = Argument.AtLeast(alpha, 0);

    /// <inheritdoc/>
    public override string Details => _alpha == 1 ? "" : $"{_alpha}";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Elu(_alpha);

    /// <inheritdoc/>
    protected internal override Module New() => new Elu(_alpha);
}
