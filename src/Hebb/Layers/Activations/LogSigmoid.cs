namespace Hebb.Layers;

/// <summary>y = ln σ(x) = -ln(1 + e⁻ˣ), without overflow for large |x|.</summary>
public sealed class LogSigmoid : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.LogSigmoid();

    /// <inheritdoc/>
    protected internal override Module New() => new LogSigmoid();
}
