namespace Hebb;

/// <summary>Lets effects of one kind that follow each other run as one step, such as the updates of all parameters.</summary>
internal static class JoinedEffects
{
    public static List<PlanStep> Join(List<PlanStep> effects)
    {
        List<PlanStep> joined = [];
        for (int i = 0, next; i < effects.Count; i = next)
        {
            next = i + 1;
            if (effects[i].Op is not IJoinableEffect first)
            {
                joined.Add(effects[i]);
                continue;
            }
            while (next < effects.Count && effects[next].Op is IEffect other && first.Joins(other)) next++;
            List<PlanStep> row = effects[i..next];
            IEffect all = first.Join([.. row.Select(step => (IEffect)step.Op)], [.. row.Select(step => step.Inputs.Count)]);
            joined.Add(new PlanStep(all, [.. row.SelectMany(step => step.Inputs)], []));
        }
        return joined;
    }
}
