namespace Hebb.Layers;

/// <summary>y = x clip(x / 6 + 1/2, 0, 1): SiLU without an exponential (Howard et al., Searching for MobileNetV3, 2019).</summary>
public sealed class HardSwish : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x * (x / 6 + 0.5).Clip(0, 1);

    /// <inheritdoc/>
    protected internal override Module New() => new HardSwish();
}
