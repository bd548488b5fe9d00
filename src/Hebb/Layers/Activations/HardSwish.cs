namespace Hebb.Layers;

/// <summary>y = x (clip(x, -3, 3) + 3) / 6: SiLU without an exponential (Howard et al., Searching for MobileNetV3, 2019).</summary>
public sealed class HardSwish : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x * ((x.Clip(-3, 3) + 3) / 6);

    /// <inheritdoc/>
    protected internal override Module New() => new HardSwish();
}
