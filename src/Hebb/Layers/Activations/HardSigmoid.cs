namespace Hebb.Layers;

/// <summary>y = (clip(x, -3, 3) + 3) / 6: the logistic function in three straight pieces.</summary>
public sealed class HardSigmoid : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => (x.Clip(-3, 3) + 3) / 6;

    /// <inheritdoc/>
    protected internal override Module New() => new HardSigmoid();
}
