namespace Hebb.Layers;

/// <summary>y = ln σ(x) = -ln(1 + e⁻ˣ), without overflow for large |x|.</summary>
public sealed class LogSigmoid : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.LogSigmoid();

    /// <inheritdoc/>
    protected internal override Module New() => new LogSigmoid();
}
