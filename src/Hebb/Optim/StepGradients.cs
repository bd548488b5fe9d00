namespace Hebb.Optim;

/// <summary>The gradients of a step that is replayed, for each slot of an optimiser: in memory, computed by the update itself, or none.</summary>
internal sealed record StepGradients(Tensor?[] Plain, LazyGradient?[] Lazy);
