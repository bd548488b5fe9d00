namespace Hebb.Layers;

/// <summary>y = x Wᵀ + b on the last axis of x: the dense, fully connected layer. W is [outputs, inputs], as PyTorch keeps it.</summary>
public sealed class Linear : WeightedLayer
{
    /// <summary>A layer of given sizes.</summary>
    /// <param name="inputs">Features of the last axis of x; null leaves them open until the first input.</param>
    /// <param name="outputs">Features of the last axis of y.</param>
    /// <param name="bias">Whether b is added; true by default.</param>
    /// <param name="start">Where the weights start, biases then at 0; U(±1/√inputs) for both if left out.</param>
    public Linear(int? inputs, int outputs, bool bias = true, IInitializer? start = null)
        : base([AtLeastOne(outputs, "outputs"), inputs is { } open ? AtLeastOne(open, "inputs") : 0], bias, start) { }

    /// <summary>A layer that takes the number of its inputs from the first input.</summary>
    /// <param name="outputs">Features of the last axis of y.</param>
    public Linear(int outputs) : this(null, outputs) { }

    /// <inheritdoc/>
    public override string Details =>
        $"{(Weight.IsOpen ? "?" : $"{Weight.Shape[1]}")} → {Weight.Shape[0]}{(Bias is null ? ", no bias" : "")}";

    private protected override bool Mixes(int rank, int axis) => axis == rank - 1;

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank > 0) FixInputs(x.Shape[-1]);
        if (x.Rank == 0 || x.Shape[-1] != Weight.Shape[1])
            throw Misfit(x, $"{Weight.Shape[1]} features in the last axis; "
                + (x.Rank > 2 && x.Shape.Count == (long)x.Shape[0] * Weight.Shape[1] ? "put a Flatten before it"
                    : "give it as many, or build the layer for yours"));
        RequireType(x);
        return x.Linear(Weight, Bias);
    }

    /// <inheritdoc/>
    protected internal override Module New() =>
        new Linear(Weight.IsOpen ? null : Weight.Shape[1], Weight.Shape[0], Bias is not null, Start);
}
