namespace Hebb.Layers;

/// <summary>y = 1 / (1 + e⁻ˣ): the logistic function.</summary>
public sealed class Sigmoid : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Sigmoid();

    /// <inheritdoc/>
    protected internal override Module New() => new Sigmoid();
}
