using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Training;

/// <summary>
/// What a step computes of a batch: the one description of a model's work that eager and compiled, training and evaluating runs share.
/// </summary>
/// <param name="batch">The batch, whose tensors hold no values while a graph is recorded.</param>
internal delegate StepOutcome StepFunction(Batch batch);

/// <summary>The loss of a batch, and what the model gave.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Outputs">The outputs, with the samples along axis 0.</param>
internal sealed record StepOutcome(LossValue Loss, IReadOnlyList<MaskedTensor> Outputs);
