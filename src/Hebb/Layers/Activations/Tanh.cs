namespace Hebb.Layers;

/// <summary>y = tanh x</summary>
public sealed class Tanh : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Tanh();

    /// <inheritdoc/>
    protected internal override Module New() => new Tanh();
}
