namespace Hebb.Layers;

/// <summary>y = max(0, x)</summary>
/// <param name="slopeAtZero">The derivative at 0: 0 (the default) or 1.</param>
public sealed class Relu(int slopeAtZero = 0) : Module
{
    private readonly int _slopeAtZero = Argument.Within(slopeAtZero, 0, 1);

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Relu(_slopeAtZero);

    /// <inheritdoc/>
    protected internal override Module New() => new Relu(_slopeAtZero);
}
