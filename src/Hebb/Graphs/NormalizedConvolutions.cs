using Hebb.Ops;

namespace Hebb;

/// <summary>
/// Runs a normalization with given statistics in the kernel of the convolution whose result it alone reads: the same arithmetic, so the
/// same bits, without a pass over memory.
/// </summary>
internal static class NormalizedConvolutions
{
    public static List<PlanStep> Join(
        List<PlanStep> steps, IReadOnlyList<PlanStep> effects, IReadOnlyList<Tensor> results, Aliases aliases)
    {
        // The convolution moves to where the normalization is; over an assignment it may not.
        if (steps.Any(step => step.IsEffect)) return steps;
        Makers makers = new(steps, effects, results, aliases);
        Dictionary<PlanStep, PlanStep> convolutions = new(ReferenceEqualityComparer.Instance);
        foreach (PlanStep step in steps)
        {
            if (step.Op is not NormalizeWith || makers.OnlyMaker(step.Inputs[0]) is not { Op: Conv2d } maker) continue;
            if (maker.Outputs[0].Spec == step.Outputs[0].Spec) convolutions.Add(step, maker);
        }
        HashSet<PlanStep> joined = new(convolutions.Values, ReferenceEqualityComparer.Instance);
        return
        [
            .. from step in steps
               where !joined.Contains(step)
               select convolutions.TryGetValue(step, out PlanStep? convolution) ? new NormalizedStep(convolution, step) : step,
        ];
    }
}

/// <summary>A convolution whose kernel normalizes its result before it stores it.</summary>
internal sealed record NormalizedStep(PlanStep Convolution, PlanStep Normalization) : PlanStep(
    new NormalizedConv2d((Conv2d)Convolution.Op, (NormalizeWith)Normalization.Op),
    [.. Convolution.Inputs, .. Normalization.Inputs.Skip(1)], Normalization.Outputs)
{
    public override string Name => $"{Normalization.Name}({Convolution.Name})";

    public override double Flops() => Convolution.Flops() + Normalization.Flops();

    public override IEnumerable<PlanStep> Parts => [Convolution, Normalization];
}
