namespace Hebb.Layers;

/// <summary>y = arctan x, between -π/2 and π/2.</summary>
public sealed class Atan : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Atan();

    /// <inheritdoc/>
    protected internal override Module New() => new Atan();
}
