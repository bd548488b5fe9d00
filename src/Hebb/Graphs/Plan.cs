namespace Hebb;

/// <summary>
/// How a graph runs: the ops that its results and effects need, in order, and where each intermediate lies in one block of memory. A plan
/// does not change; each <see cref="PlanRun"/> of it has memory of its own.
/// </summary>
internal sealed class Plan
{
    private readonly GraphPasses _passes;

    public Plan(Graph graph, GraphPasses passes)
    {
        (Graph, _passes) = (graph, passes);
        List<PlanStep> steps =
            [.. graph.Nodes.Where(node => node.Op is not IView).Select(node => new PlanStep(node.Op, node.Inputs, node.Outputs))];
        steps = WorkingCopies.Make(steps, Aliases);
        // What changes while there is still something to compute keeps memory of its own, so that values of before and after stay apart.
        HashSet<Storage> changing =
            [.. DeferredEffects.Split(steps, Aliases).Steps.SelectMany(step => step.Written).Select(tensor => tensor.Storage)];
        if (passes.HasFlag(GraphPasses.Folding)) steps = Folding.Fold(steps, Aliases);
        if (passes.HasFlag(GraphPasses.Identities)) steps = Identities.Remove(steps, changing, Aliases);
        if (passes.HasFlag(GraphPasses.CommonSteps)) steps = CommonSteps.Join(steps, changing, Aliases);
        if (passes.HasFlag(GraphPasses.DeadSteps)) steps = DeadSteps.Remove(steps, graph.Results, Aliases);
        (steps, List<PlanStep> effects) = DeferredEffects.Split(steps, Aliases);
        if (passes.HasFlag(GraphPasses.NormalizedConvolutions)) steps = NormalizedConvolutions.Join(steps, effects, graph.Results, Aliases);
        if (passes.HasFlag(GraphPasses.LaneFusion)) (steps, effects) = LaneFusion.Fuse(steps, effects, graph.Results, Aliases);
        (Steps, Effects) = (steps, JoinedEffects.Join(effects));
        Outside = [.. Outer(graph).Where(tensor => !tensor.Storage.IsConstant).Select(tensor => (tensor, tensor.Storage))];
        IEnumerable<Storage> constants = Outer(graph).Select(tensor => tensor.Storage).Where(storage => storage.IsConstant).Distinct();
        Constants = [.. constants.Select(storage => (storage, storage.Version))];
        Memory = new MemoryLayout(this, passes.HasFlag(GraphPasses.InPlace));
    }

    private static IEnumerable<Tensor> Outer(Graph graph) =>
        graph.Nodes.SelectMany(node => node.Inputs).Where(input => input.Creator is null && !input.Storage.IsPromised).Distinct();

    public Graph Graph { get; }

    /// <summary>A plan of the same graph whose ops run one by one, to compare with.</summary>
    public Plan Unfused() => new(Graph, _passes & ~(GraphPasses.LaneFusion | GraphPasses.NormalizedConvolutions));

    /// <summary>What computes, in order.</summary>
    public IReadOnlyList<PlanStep> Steps { get; }

    /// <summary>What changes something outside once everything is computed.</summary>
    public IReadOnlyList<PlanStep> Effects { get; }

    /// <summary>Which memory stands for which.</summary>
    public Aliases Aliases { get; } = new();

    /// <summary>Where intermediates lie.</summary>
    public MemoryLayout Memory { get; }

    /// <summary>Tensors from outside and the memory they had while tracing.</summary>
    private (Tensor Tensor, Storage Storage)[] Outside { get; }

    /// <summary>Constants of the traced function, from which values may have been computed, and their versions then.</summary>
    private (Storage Storage, int Version)[] Constants { get; }

    /// <summary>
    /// Whether all tensors from outside still have the memory that the plan knows, of which it may hold views,
    /// and nobody has written to a constant.
    /// </summary>
    public bool IsCurrent
    {
        get
        {
            foreach ((Tensor tensor, Storage storage) in Outside)
            {
                if (tensor.Storage != storage) return false;
            }
            foreach ((Storage storage, int version) in Constants)
            {
                if (storage.Version != version) return false;
            }
            return true;
        }
    }
}
