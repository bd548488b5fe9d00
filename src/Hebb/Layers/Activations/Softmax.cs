namespace Hebb.Layers;

/// <summary>
/// yᵢ = e^xᵢ / Σⱼ e^xⱼ along an axis: scores to probabilities.
/// Before a cross-entropy leave it out, and give <c>CrossEntropyLoss</c> the scores.
/// </summary>
/// <param name="axis">The axis of the classes; 1 by default, -1 is the last.</param>
public sealed class Softmax(int axis = 1) : Module
{
    /// <inheritdoc/>
    public override string Details => axis == 1 ? "" : $"axis {axis}";

    private protected override bool Mixes(int rank, int at) => at == (axis < 0 ? axis + rank : axis);

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Softmax(axis);

    /// <inheritdoc/>
    protected internal override Module New() => new Softmax(axis);
}
