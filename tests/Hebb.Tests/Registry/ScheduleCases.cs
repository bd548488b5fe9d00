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
        };

    /// <summary>One of each kind, all with 0.1 as their largest rate.</summary>
    public static IReadOnlyList<ISchedule> All { get; } =
        [new ConstantRate(0.1), new StepDecay(0.1, 10), new ExponentialDecay(0.1, 0.9, 0.01), new CosineDecay(0.1, 30, 0.001), new OneCycle(0.1, 40)];
}
