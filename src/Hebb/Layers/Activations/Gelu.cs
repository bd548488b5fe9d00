namespace Hebb.Layers;

/// <summary>y = x Φ(x), with Φ the distribution function of the standard normal law (Hendrycks and Gimpel, 2016).</summary>
/// <param name="approximates">Whether the approximation by tanh is used, with which older models were trained; false by default.</param>
public sealed class Gelu(bool approximates = false) : Module
{
    /// <inheritdoc/>
    public override string Details => approximates ? "tanh" : "";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => approximates ? x.GeluTanh() : x.Gelu();

    /// <inheritdoc/>
    protected internal override Module New() => new Gelu(approximates);
}
