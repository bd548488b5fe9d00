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
internal sealed record PiecewiseStep(Tensor Loss, IReadOnlyList<MaskedTensor> Outputs, Tensor?[] Gradients)
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
                loss, whole.Outputs, BackwardPass.Run([loss], [null], learning, retainGraph: false, createGraph: false));
        }
        List<StepOutcome> outcomes = [];
        List<Sum> sums = [];
        for (int i = 0, first = 0; i < pieces; i++)
        {
            int size = batch.Count / pieces + (i < batch.Count % pieces ? 1 : 0);
            StepOutcome outcome = function(batch.Piece(first, size));
            Part[] parts = [.. Parts(outcome.Loss, (double)size / batch.Count)];
            while (sums.Count < parts.Length) sums.Add(new Sum(learning));
            for (int j = 0; j < parts.Length; j++) sums[j].Add(parts[j], isLast: j == parts.Length - 1);
            outcomes.Add(outcome);
            first += size;
        }
        using NoGrad none = new();
        Tensor?[] gradients = new Tensor?[learning.Length];
        foreach (Sum sum in sums) sum.AddGradientsTo(gradients);
        return new PiecewiseStep(sums.Select(sum => sum.Loss).Aggregate((a, b) => a + b), Joined(outcomes), gradients);
    }

    /// <summary>
    /// What of a piece's loss is summed and divided together: all that counts by samples first,
    /// then each term that divides by something of its own.
    /// </summary>
    private static IEnumerable<Part> Parts(LossValue loss, double share)
    {
        Tensor[] plain = [.. loss.Terms
            .Where(term => term.Divisor is null)
            .Select(term => term.IsMeanOfSamples ? term.Value * share : term.Value)];
        if (plain.Length > 0) yield return new Part(plain.Aggregate((a, b) => a + b), null);
        foreach (LossTerm term in loss.Terms.Where(term => term.Divisor is not null))
            yield return new Part(term.Scaled(term.Sum), term.Divisor);
    }

    private static MaskedTensor[] Joined(List<StepOutcome> outcomes)
    {
        Tensor[][] parts = [.. outcomes.Select(outcome => ModelOutputs.Tensors(outcome.Outputs))];
        return ModelOutputs.Read(
            ModelOutputs.HaveMasks(outcomes[0].Outputs), i => Tensor.Concat([.. parts.Select(part => part[i].Detach())], 0));
    }

    private readonly record struct Part(Tensor Value, Tensor? Divisor);

    /// <summary>Σ s and Σ d over pieces, and Σ ∂s.</summary>
    private sealed class Sum(Parameter[] learning)
    {
        private readonly Tensor?[] _gradients = new Tensor?[learning.Length];
        private Tensor? _value, _divisor;

        /// <summary>Σ s / Σ d</summary>
        public Tensor Loss => _divisor is null ? _value! : _value! / _divisor;

        public void Add(Part part, bool isLast)
        {
            Tensor?[] more = BackwardPass.Run([part.Value], [null], learning, retainGraph: !isLast, createGraph: false);
            using NoGrad none = new();
            for (int i = 0; i < more.Length; i++) _gradients[i] = Total(_gradients[i], more[i]);
            (_value, _divisor) = (Total(_value, part.Value.Detach()), Total(_divisor, part.Divisor?.Detach()));
        }

        public void AddGradientsTo(Tensor?[] gradients)
        {
            for (int i = 0; i < gradients.Length; i++)
                gradients[i] = Total(gradients[i], _gradients[i] is { } sum && _divisor is not null ? sum / _divisor : _gradients[i]);
        }

        private static Tensor? Total(Tensor? sum, Tensor? more) => sum is not null && more is not null ? sum + more : sum ?? more;
    }
}
