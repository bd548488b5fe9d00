namespace Hebb.Layers;

/// <summary>
/// y = λ x for x &gt; 0, λ α (eˣ - 1) below, with the λ and α that keep mean 0 and variance 1 from layer to layer when weights start from
/// <see cref="Initializer.LeCunNormal"/> (Klambauer, Unterthiner, Mayr and Hochreiter, Self-Normalizing Neural Networks, 2017).
/// </summary>
public sealed class Selu : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Elu(1.6732632423543772) * 1.0507009873554805;

    /// <inheritdoc/>
    protected internal override Module New() => new Selu();
}
