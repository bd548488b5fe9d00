namespace Hebb;

/// <summary>
/// Runs equal ops of equal operands once. Operands that an assignment of the graph changes are left alone,
/// since their values differ from place to place.
/// </summary>
internal static class CommonSteps
{
    public static List<PlanStep> Join(List<PlanStep> steps, HashSet<Storage> changing, Aliases aliases)
    {
        Dictionary<Key, PlanStep> first = [];
        List<PlanStep> kept = [];
        foreach (PlanStep step in steps)
        {
            Key key = new(step.Op, [.. step.Inputs.Select(input => (aliases.Of(input.Storage), input.Offset, input.Spec))]);
            if (step.IsEffect || step.Inputs.Any(input => changing.Contains(input.Storage)) || first.TryAdd(key, step))
            {
                kept.Add(step);
                continue;
            }
            for (int i = 0; i < step.Outputs.Count; i++) aliases.Add(step.Outputs[i].Storage, first[key].Outputs[i].Storage);
        }
        return kept;
    }

    private readonly record struct Key(IOp Op, (Storage Memory, int Offset, TensorSpec Spec)[] Operands)
    {
        // Constants of 0 and -0 are equal, but do not print or compute alike.
        public bool Equals(Key other) =>
            Op.Equals(other.Op) && Operands.AsSpan().SequenceEqual(other.Operands) && Op.ToString() == other.Op.ToString();

        public override int GetHashCode()
        {
            HashCode hash = default;
            hash.Add(Op);
            foreach ((Storage Memory, int Offset, TensorSpec Spec) operand in Operands) hash.Add(operand.Memory);
            return hash.ToHashCode();
        }
    }
}
