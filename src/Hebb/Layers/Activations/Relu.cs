namespace Hebb.Layers;

/// <summary>y = max(0, x)</summary>
/// <param name="slopeAtZero">The derivative at 0: 0 (the default) or 1.</param>
public sealed class Relu(int slopeAtZero = 0) : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Relu(slopeAtZero);

    /// <inheritdoc/>
    protected internal override Module New() => new Relu(slopeAtZero);
}
