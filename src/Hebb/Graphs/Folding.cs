namespace Hebb;

/// <summary>
/// Computes once what depends on nothing but constants that the traced function made itself, such as the seed of a gradient. Tensors from
/// outside are no constants.
/// </summary>
internal static class Folding
{
    public static List<PlanStep> Fold(List<PlanStep> steps, Aliases aliases)
    {
        List<PlanStep> kept = [];
        foreach (PlanStep step in steps)
        {
            if (step.IsEffect || step.Inputs.Count == 0 || !step.Inputs.All(input => IsConstant(input, aliases)))
            {
                kept.Add(step);
                continue;
            }
            Tensor[] outputs = [.. step.Outputs.Select(
                output => new Tensor(new Storage(output.DType, output.Storage.Length, isConstant: true), output.Spec, output.Offset))];
            Engine.Run(step.Op, [.. step.Inputs.Select(input => Seen(input, aliases))], outputs);
            for (int i = 0; i < outputs.Length; i++) aliases.Add(step.Outputs[i].Storage, outputs[i].Storage);
        }
        return kept;
    }

    private static bool IsConstant(Tensor tensor, Aliases aliases) => aliases.Of(tensor.Storage).IsConstant;

    private static Tensor Seen(Tensor tensor, Aliases aliases) => new(aliases.Of(tensor.Storage), tensor.Spec, tensor.Offset);
}
