namespace Hebb.Layers;

/// <summary>y = x / (1 + |x|): like tanh, with tails that approach ±1 slowly.</summary>
public sealed class Softsign : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Softsign();

    /// <inheritdoc/>
    protected internal override Module New() => new Softsign();
}
