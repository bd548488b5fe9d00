namespace Hebb;

/// <summary>One op that a plan runs, on the promised tensors of its graph.</summary>
internal sealed record PlanStep(IOp Op, IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor> Outputs)
{
    /// <summary>Whether it changes something outside the graph.</summary>
    public bool IsEffect => Op is Assignment;
}
