using Hebb.Optim;

namespace Hebb.Tests.Registry;

/// <summary>Every schedule, as built from the attributes of a reference case.</summary>
internal static class ScheduleCases
{
    public static IReadOnlyDictionary<string, Func<Hebb.Tests.Reference.ReferenceCase, ISchedule>> ByReference { get; } =
        new Dictionary<string, Func<Hebb.Tests.Reference.ReferenceCase, ISchedule>>
        {
            ["StepLR"] = item => new StepDecay(item.Number("rate"), item.Int("step_size"), item.Number("gamma")),
            ["ExponentialLR"] = item => new ExponentialDecay(item.Number("rate"), item.Number("gamma")),
            ["CosineAnnealingLR"] = item => new CosineDecay(item.Number("rate"), item.Int("T_max"), item.Number("eta_min")),
            ["OneCycleLR"] = item => new OneCycle(item.Number("max_lr"), item.Int("total_steps"), item.Number("pct_start"),
                item.Number("div_factor"), item.Number("final_div_factor")),
            ["PolynomialLR"] = item => new PolynomialDecay(item.Number("rate"), item.Int("total_iters"), Power: item.Number("power")),
            ["MultiStepLR"] = item =>
                new MilestoneDecay(item.Number("rate"), [.. item.Ints("milestones").Select(step => (long)step)], item.Number("gamma")),
            ["CosineAnnealingWarmRestarts"] = item =>
                new CosineRestarts(item.Number("rate"), item.Int("T_0"), item.Int("T_mult"), item.Number("eta_min")),
            ["LinearLR"] = item =>
                new WarmUp(item.Int("total_iters"), new ConstantLearningRate(item.Number("rate")), item.Number("start_factor")),
            ["SequentialLR"] = item => new ScheduleSequence(
                new StepDecay(item.Number("rate"), item.Int("step_size"), item.Number("gamma")),
                (new WarmUp(item.Int("total_iters"), new ConstantLearningRate(item.Number("rate")), item.Number("start_factor")),
                    item.Int("total_iters"))),
        };

    /// <summary>One of each kind, all with 0.1 as their largest rate.</summary>
    public static IReadOnlyList<ISchedule> All { get; } =
        [new ConstantLearningRate(0.1), new StepDecay(0.1, 10), new ExponentialDecay(0.1, 0.9, 0.01), new CosineDecay(0.1, 30, 0.001),
            new OneCycle(0.1, 40),
            new PolynomialDecay(0.1, 30, 0.001, 2), new MilestoneDecay(0.1, [5, 20]), new CosineRestarts(0.1, 10, 2, 0.001),
                new WarmUp(20, new StepDecay(0.1, 50)),
            new ScheduleSequence(new ConstantLearningRate(0.001), (new ConstantLearningRate(0.1), 10))];
}
