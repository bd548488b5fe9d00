namespace Hebb.Layers;

/// <summary>y = clip(x / 6 + 1/2, 0, 1): the logistic function in three straight pieces.</summary>
public sealed class HardSigmoid : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => (x / 6 + 0.5).Clip(0, 1);

    /// <inheritdoc/>
    protected internal override Module New() => new HardSigmoid();
}
