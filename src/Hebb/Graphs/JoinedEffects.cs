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
            joined.Add(new JoinedStep(all, row));
        }
        return joined;
    }
}

/// <summary>Effects that run as one.</summary>
/// <param name="Op">What they do together.</param>
/// <param name="Effects">The effects.</param>
internal sealed record JoinedStep(IOp Op, IReadOnlyList<PlanStep> Effects) : PlanStep(Op, [.. Effects.SelectMany(step => step.Inputs)], [])
{
    public override string Name => string.Join(" + ", Effects.Select(step => step.Name));

    public override double Flops() => Effects.Sum(step => step.Flops());

    public override IEnumerable<PlanStep> Parts => Effects.SelectMany(step => step.Parts);
}
