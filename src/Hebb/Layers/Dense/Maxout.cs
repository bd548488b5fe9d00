namespace Hebb.Layers;

/// <summary>
/// yⱼ = maxₖ (wⱼₖ · x + bⱼₖ): each output is the largest of several affine pieces (Goodfellow, Warde-Farley, Mirza, Courville and Bengio,
/// 2013). A rectified unit has the pieces w · x + b and 0. Row j · pieces + k of the weights is piece k of output j.
/// </summary>
public sealed class Maxout : WeightedLayer
{
    private readonly int _pieces;

    /// <summary>A layer of given sizes.</summary>
    /// <param name="inputs">Features of the last axis of x; null leaves them open until the first input.</param>
    /// <param name="outputs">Features of the last axis of y.</param>
    /// <param name="pieces">How many pieces each output has, at least 1.</param>
    /// <param name="bias">Whether b is added; true by default.</param>
    /// <param name="start">Where the weights start, biases then at 0; U(±1/√inputs) for both if left out.</param>
    public Maxout(int? inputs, int outputs, int pieces, bool bias = true, IInitializer? start = null)
        : base(
            [new Shape(AtLeastOne(outputs, "outputs"), AtLeastOne(pieces, "pieces")).Count,
                inputs is { } open ? AtLeastOne(open, "inputs") : 0],
            bias, start) => _pieces = pieces;

    /// <inheritdoc/>
    public override string Details =>
        $"{(Weight.IsOpen ? "?" : $"{Weight.Shape[1]}")} → {Outputs}, {_pieces} pieces{(Bias is null ? ", no bias" : "")}";

    private int Outputs => Weight.Shape[0] / _pieces;

    private protected override bool Mixes(int rank, int axis) => axis == rank - 1;

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank > 0) FixInputs(x.Shape[-1]);
        if (x.Rank == 0 || x.Shape[-1] != Weight.Shape[1])
            throw Misfit(x, $"{Weight.Shape[1]} features in the last axis; give it as many, or build the layer for yours");
        RequireType(x);
        Tensor pieces = x.Linear(Weight, Bias);
        return pieces.Reshape(pieces.Shape.With(-1, Outputs).Insert(-1, _pieces)).MaxWithIndex(-1).Values;
    }

    /// <inheritdoc/>
    protected internal override Module New() =>
        new Maxout(Weight.IsOpen ? null : Weight.Shape[1], Outputs, _pieces, Bias is not null, Start);
}
