namespace Hebb.Layers;

/// <summary>y = x</summary>
public sealed class Identity : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x;

    /// <inheritdoc/>
    protected internal override Module New() => new Identity();
}
