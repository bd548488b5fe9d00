namespace Hebb;

/// <summary>
/// Removes steps whose results nobody needs. It may leave out any step that neither feeds a result nor an effect; it does not change a bit of what
/// remains.
/// </summary>
internal static class DeadSteps
{
    public static List<PlanStep> Remove(List<PlanStep> steps, IReadOnlyList<Tensor> results)
    {
        HashSet<Storage> needed = [.. results.Select(result => result.Storage)];
        List<PlanStep> kept = [];
        foreach (PlanStep step in Enumerable.Reverse(steps))
        {
            if (!step.IsEffect && !step.Outputs.Any(output => needed.Contains(output.Storage))) continue;
            needed.UnionWith(step.Reads);
            kept.Add(step);
        }
        kept.Reverse();
        return kept;
    }
}
