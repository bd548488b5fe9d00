namespace Hebb.Layers;

/// <summary>y = x</summary>
public sealed class Identity : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x;

    /// <inheritdoc/>
    protected internal override Module New() => new Identity();
}
