using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Training;

/// <summary>
/// Loss, outputs and gradients of a batch that goes through the model in pieces, one after the other: the intermediate results of one piece
/// are gone before the next begins, so that a batch needs the memory of a piece. The loss Σ s / Σ d and its gradient are those of the whole
/// batch where samples do not meet, as they do in batch normalization, whatever a piece's own mean divides by.
/// </summary>
/// <param name="Loss">The loss, a scalar.</param>
/// <param name="Outputs">What the model gave, the pieces joined along the batch.</param>
/// <param name="Gradients">The gradient of each parameter; null where the loss does not reach it.</param>
/// <param name="Parts">What the loss is put together of.</param>
internal sealed record PiecewiseStep(Tensor Loss, IReadOnlyList<MaskedTensor> Outputs, Tensor?[] Gradients, LossParts Parts)
{
    /// <summary>Runs a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="pieces">Into how many pieces it is cut, as equal as can be.</param>
    /// <param name="function">Loss and outputs of a piece.</param>
    /// <param name="learning">The parameters.</param>
    public static PiecewiseStep Run(Batch batch, int pieces, StepFunction function, Parameter[] learning)
    {
        pieces = Math.Min(pieces, Math.Max(1, batch.Count));
        if (pieces == 1)
        {
            StepOutcome whole = function(batch);
            Tensor loss = whole.Loss.Value;
            return new PiecewiseStep(
                loss, whole.Outputs, BackwardPass.Run([loss], [null], learning, retainGraph: false, createGraph: false),
                new LossParts(whole.Loss.Parts()));
        }
        List<StepOutcome> outcomes = [];
        List<Sum> sums = [];
        for (int i = 0, first = 0; i < pieces; i++)
        {
            int size = batch.Count / pieces + (i < batch.Count % pieces ? 1 : 0);
            StepOutcome outcome = function(batch.Piece(first, size));
            IReadOnlyList<LossPart> parts = outcome.Loss.Parts();
            while (sums.Count < parts.Count) sums.Add(new Sum(learning, parts[sums.Count].IsMeanOfSamples, mayBeEmpty: parts.Count > 1));
            for (int j = 0; j < parts.Count; j++) sums[j].Add(parts[j], (double)size / batch.Count, isLast: j == parts.Count - 1);
            outcomes.Add(outcome);
            first += size;
        }
        using NoGrad none = new();
        Tensor?[] gradients = new Tensor?[learning.Length];
        foreach (Sum sum in sums) sum.AddGradientsTo(gradients);
        Tensor total = sums.Select(sum => sum.Loss).Aggregate((a, b) => a + b);
        return new PiecewiseStep(total, Joined(outcomes), gradients, new LossParts([.. sums.Select(sum => sum.Whole)]));
    }

    private static MaskedTensor[] Joined(List<StepOutcome> outcomes)
    {
        Tensor[][] parts = [.. outcomes.Select(outcome => ModelOutputs.Tensors(outcome.Outputs))];
        return ModelOutputs.Read(
            ModelOutputs.HaveMasks(outcomes[0].Outputs), i => Tensor.Concat([.. parts.Select(part => part[i].Detach())], 0));
    }

    /// <summary>Σ s and Σ d over pieces, and Σ ∂s.</summary>
    private sealed class Sum(Parameter[] learning, bool isMeanOfSamples, bool mayBeEmpty)
    {
        private readonly Tensor?[] _gradients = new Tensor?[learning.Length];
        private Tensor? _value, _divisor;

        /// <summary>Σ s / Σ d</summary>
        public Tensor Loss => Ratio(_value!);

        /// <summary>The part of the whole batch.</summary>
        public LossPart Whole => new(_value!, _divisor, isMeanOfSamples);

        public void Add(LossPart part, double share, bool isLast)
        {
            Tensor value = isMeanOfSamples ? part.Sum * share : part.Sum;
            Tensor?[] more = BackwardPass.Run([value], [null], learning, retainGraph: !isLast, createGraph: false);
            using NoGrad none = new();
            for (int i = 0; i < more.Length; i++) _gradients[i] = Total(_gradients[i], more[i]);
            (_value, _divisor) = (Total(_value, value.Detach()), Total(_divisor, part.Divisor?.Detach()));
        }

        public void AddGradientsTo(Tensor?[] gradients)
        {
            for (int i = 0; i < gradients.Length; i++)
                gradients[i] = Total(gradients[i], _gradients[i] is { } sum ? Ratio(sum) : null);
        }

        private Tensor Ratio(Tensor sum) =>
            _divisor is null ? sum : mayBeEmpty ? LossValue.RatioOrZero(sum, _divisor) : sum / _divisor;

        private static Tensor? Total(Tensor? sum, Tensor? more) => sum is not null && more is not null ? sum + more : sum ?? more;
    }
}
