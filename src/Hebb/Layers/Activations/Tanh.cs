namespace Hebb.Layers;

/// <summary>y = tanh x</summary>
public sealed class Tanh : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Tanh();

    /// <inheritdoc/>
    protected internal override Module New() => new Tanh();
}
