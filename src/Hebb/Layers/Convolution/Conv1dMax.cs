namespace Hebb.Layers;

/// <summary>
/// y[n, o] = b[o] + the largest of Σ x[n, c, t + k - (K - 1) / 2] W[o, c, k] over the steps t: for each filter the best match in a sequence
/// [N, C, T], wherever it is (Collobert et al., Natural Language Processing (Almost) from Scratch, 2011). Weights and biases are those of a
/// <see cref="Conv1d"/> with <see cref="GlobalMaxPool"/> behind it; the gradients are cheaper.
/// </summary>
public sealed class Conv1dMax : WeightedLayer
{
    /// <summary>A layer.</summary>
    /// <param name="inputs">Channels of x; null leaves them open until the first input.</param>
    /// <param name="outputs">Filters.</param>
    /// <param name="kernel">The length of the filters.</param>
    /// <param name="bias">Whether b is added; true by default.</param>
    /// <param name="start">Where the weights start, biases then at 0; U(±1/√fan-in) for both if left out.</param>
    public Conv1dMax(int? inputs, int outputs, int kernel, bool bias = true, IInitializer? start = null)
        : base(
            [AtLeastOne(outputs, "outputs"), inputs is { } known ? AtLeastOne(known, "inputs") : 0, AtLeastOne(kernel, "kernel positions")],
            bias, start)
    { }

    /// <inheritdoc/>
    public override string Details =>
        $"{(Weight.IsOpen ? "?" : $"{Weight.Shape[1]}")} → {Weight.Shape[0]}, {Weight.Shape[2]}{(Bias is null ? ", no bias" : "")}";

    /// <inheritdoc/>
    public override bool UsesMask => true;

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => Match(x, mask: null);

    /// <summary>The best match among the steps that count, beside zeros for the others; where no step counts, 0.</summary>
    protected override MaskedTensor OnForward(MaskedTensor x) => Match(x.Values.Rank == 3 ? x.Fill(0, axis: 2) : x.Values, x.Mask);

    /// <inheritdoc/>
    protected internal override Module New() =>
        new Conv1dMax(Weight.IsOpen ? null : Weight.Shape[1], Weight.Shape[0], Weight.Shape[2], Bias is not null, Start);

    private Tensor Match(Tensor x, Tensor? mask)
    {
        bool isSequence = x.Rank == 3 && x.Shape[2] > 0;
        if (isSequence) FixInputs(x.Shape[1]);
        if (!isSequence || x.Shape[1] != Weight.Shape[1])
            throw Misfit(x, $"sequences [N, {(Weight.IsOpen ? "C" : $"{Weight.Shape[1]}")}, T] with at least one step; "
                + "give it as many channels, or build the layer for yours");
        RequireType(x);
        return x.Conv1dMax(Weight, Bias, mask);
    }
}
