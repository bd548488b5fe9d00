namespace Hebb;

/// <summary>Leaves out steps that neither feed a result nor an effect.</summary>
internal static class DeadSteps
{
    public static List<PlanStep> Remove(List<PlanStep> steps, IReadOnlyList<Tensor> results, Aliases aliases)
    {
        HashSet<Storage> needed = [.. results.Select(result => aliases.Of(result.Storage))];
        List<PlanStep> kept = [];
        foreach (PlanStep step in Enumerable.Reverse(steps))
        {
            if (!step.IsEffect && !step.Outputs.Any(output => needed.Contains(output.Storage))) continue;
            needed.UnionWith(step.Inputs.Select(input => aliases.Of(input.Storage)));
            kept.Add(step);
        }
        kept.Reverse();
        return kept;
    }
}
