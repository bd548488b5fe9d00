namespace Hebb.Layers;

/// <summary>y = x tanh(ln(1 + eˣ)) (Misra, Mish: A Self Regularized Non-Monotonic Activation Function, 2020).</summary>
public sealed class Mish : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x * x.Softplus().Tanh();

    /// <inheritdoc/>
    protected internal override Module New() => new Mish();
}
