namespace Hebb;

/// <summary>
/// How a graph runs: the ops that its results and effects need, in order, and where each intermediate lies in one block of memory. A plan does not
/// change; each <see cref="PlanRun"/> of it has memory of its own.
/// </summary>
internal sealed class Plan
{
    public Plan(Graph graph)
    {
        Graph = graph;
        List<PlanStep> steps = DeadSteps.Remove([.. graph.Nodes.Where(node => node.Op is not IView).Select(node => new PlanStep(node.Op, node.Inputs, node.Outputs))], graph.Results);
        (Steps, Effects) = LateEffects.Split(steps);
        Outside = [.. Steps.Concat(Effects).SelectMany(step => step.Inputs).Where(input => input.Creator is null && !input.Storage.IsPromised).Distinct().Select(input => (input, input.Storage))];
        Memory = new MemoryLayout(this);
    }

    public Graph Graph { get; }

    /// <summary>What computes, in order.</summary>
    public IReadOnlyList<PlanStep> Steps { get; }

    /// <summary>What changes something outside once everything is computed.</summary>
    public IReadOnlyList<PlanStep> Effects { get; }

    /// <summary>Where intermediates lie.</summary>
    public MemoryLayout Memory { get; }

    /// <summary>Tensors from outside and the memory they had while tracing.</summary>
    private (Tensor Tensor, Storage Storage)[] Outside { get; }

    /// <summary>Whether all tensors from outside still have the memory that the plan knows, of which it may hold views.</summary>
    public bool IsCurrent
    {
        get
        {
            foreach ((Tensor tensor, Storage storage) in Outside)
            {
                if (tensor.Storage != storage) return false;
            }
            return true;
        }
    }
}
