namespace Hebb;

/// <summary>
/// Moves effects behind all computing, so that a step whose loss is not finite changes nothing. An effect stays where it is if something
/// that stays reads or changes later what it changes, or changes later what it reads.
/// </summary>
internal static class DeferredEffects
{
    public static (List<PlanStep> Steps, List<PlanStep> Effects) Split(List<PlanStep> steps, Aliases aliases)
    {
        List<PlanStep> early = [], late = [];
        HashSet<Storage> used = [], changed = [];
        foreach (PlanStep step in Enumerable.Reverse(steps))
        {
            if (step.IsEffect && !Memories(step.Written).Any(used.Contains) && !Memories(step.Inputs).Any(changed.Contains))
            {
                late.Add(step);
                continue;
            }
            early.Add(step);
            used.UnionWith(Memories(step.Inputs));
            changed.UnionWith(Memories(step.Written));
        }
        early.Reverse();
        late.Reverse();
        return (early, late);

        IEnumerable<Storage> Memories(IEnumerable<Tensor> tensors) => tensors.Select(tensor => aliases.Of(tensor.Storage));
    }
}
