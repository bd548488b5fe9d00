namespace Hebb;

/// <summary>Which step makes each operand, and how often it is read: by steps, by effects and by the caller.</summary>
internal sealed class Makers
{
    private readonly Aliases _aliases;
    private readonly Dictionary<Storage, int> _uses = [];
    private readonly Dictionary<Storage, PlanStep> _makers = [];

    /// <summary>Looks at the steps and effects of a plan and at what the caller sees.</summary>
    public Makers(IReadOnlyList<PlanStep> steps, IReadOnlyList<PlanStep> effects, IReadOnlyList<Tensor> results, Aliases aliases)
    {
        _aliases = aliases;
        foreach (PlanStep step in steps.Concat(effects))
        {
            foreach (Tensor input in step.Inputs) Use(input);
        }
        foreach (Tensor result in results) Use(result);
        foreach (PlanStep step in steps)
        {
            foreach (Tensor output in step.Outputs) _makers.TryAdd(output.Storage, step);
        }
    }

    /// <summary>How often a memory is read.</summary>
    public int Uses(Storage memory) => _uses.GetValueOrDefault(memory);

    /// <summary>The step that makes what lies in a memory; null if it comes from outside.</summary>
    public PlanStep? Maker(Storage memory) => _makers.GetValueOrDefault(memory);

    /// <summary>
    /// The step that makes an operand for one use alone; null if it is used more often, or is a part or a view of what is made.
    /// </summary>
    public PlanStep? OnlyMaker(Tensor operand)
    {
        Storage memory = _aliases.Of(operand.Storage);
        if (Uses(memory) != 1 || !_makers.TryGetValue(memory, out PlanStep? maker)) return null;
        Tensor made = maker.Outputs[0];
        return made.Storage == memory && made.Spec == operand.Spec && operand.Offset == 0 ? maker : null;
    }

    private void Use(Tensor tensor)
    {
        Storage memory = _aliases.Of(tensor.Storage);
        _uses[memory] = Uses(memory) + 1;
    }
}
