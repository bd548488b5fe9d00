using Hebb.Training;

namespace Hebb.Tests.Registry;

/// <summary>The registry of callbacks: a maker for each, which the suite runs through a short training.</summary>
public static class CallbackCases
{
    private static readonly Dictionary<string, Func<ICallback>> s_makers = new()
    {
        [nameof(KeepBest)] = () => new KeepBest(),
        [nameof(KeepLast)] = () => new KeepLast(),
        [nameof(StopAtGoal)] = () => new StopAtGoal(0.9),
        [nameof(PlateauDecay)] = () => new PlateauDecay(),
        [nameof(AdaptiveLearningRate)] = () => new AdaptiveLearningRate(),
        [nameof(EarlyStopping)] = () => new EarlyStopping(patience: 2),
    };

    public static TheoryData<string> Names => [.. s_makers.Keys];

    public static ICallback Make(string name) => s_makers[name]();
}
