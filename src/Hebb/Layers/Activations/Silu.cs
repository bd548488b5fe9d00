namespace Hebb.Layers;

/// <summary>y = x / (1 + e⁻ˣ) (Elfwing, Uchibe and Doya, 2018).</summary>
public sealed class Silu : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Silu();

    /// <inheritdoc/>
    protected internal override Module New() => new Silu();
}
