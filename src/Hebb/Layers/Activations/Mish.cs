namespace Hebb.Layers;

/// <summary>y = x tanh(ln(1 + eˣ)) (Misra, Mish: A Self Regularized Non-Monotonic Activation Function, 2020).</summary>
public sealed class Mish : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) =>
        // Beyond 64 the factor is 1 to the last digit and flat.
        x * x.Clip(double.NegativeInfinity, 64, slopeAtEnds: 0).Softplus().Tanh();

    /// <inheritdoc/>
    protected internal override Module New() => new Mish();
}
