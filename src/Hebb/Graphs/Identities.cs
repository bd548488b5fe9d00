using Hebb.Ops;

namespace Hebb;

/// <summary>
/// Lets the operand stand for the result of a copy, of a product with one or of a quotient by one, where both lie alike in memory. Sums
/// with zero stay: they turn -0 into 0.
/// </summary>
internal static class Identities
{
    public static List<PlanStep> Remove(List<PlanStep> steps, HashSet<Storage> changing, Aliases aliases)
    {
        List<PlanStep> kept = [];
        foreach (PlanStep step in steps)
        {
            bool isIdentity = step.Op is Clone or MulScalar { Constant: 1 } or DivByScalar { Constant: 1 };
            if (isIdentity && LiesAlike(step.Inputs[0], step.Outputs[0]) && !changing.Contains(step.Inputs[0].Storage))
                aliases.Add(step.Outputs[0].Storage, step.Inputs[0].Storage);
            else
                kept.Add(step);
        }
        return kept;
    }

    private static bool LiesAlike(Tensor x, Tensor y) =>
        x.Storage.IsPromised && x.Spec == y.Spec && x.Offset == y.Offset && x.Storage.Length == y.Storage.Length;
}
