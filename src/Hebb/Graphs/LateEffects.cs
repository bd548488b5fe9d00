namespace Hebb;

/// <summary>
/// Moves effects behind all computing, so that a step whose loss is not finite changes nothing. It may not move an effect whose target is used again
/// afterwards.
/// </summary>
internal static class LateEffects
{
    public static (List<PlanStep> Steps, List<PlanStep> Effects) Split(List<PlanStep> steps)
    {
        List<PlanStep> early = [], late = [];
        HashSet<Storage> usedLater = [];
        foreach (PlanStep step in Enumerable.Reverse(steps))
        {
            (step.IsEffect && !usedLater.Contains(step.Inputs[0].Storage) ? late : early).Add(step);
            usedLater.UnionWith(step.Inputs.Select(input => input.Storage));
        }
        early.Reverse();
        late.Reverse();
        return (early, late);
    }
}
