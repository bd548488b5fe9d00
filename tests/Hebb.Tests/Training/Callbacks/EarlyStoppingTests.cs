using Hebb.Training;

namespace Hebb.Tests.Training.Callbacks;

public class EarlyStoppingTests
{
    [Fact]
    public void ItStopsAfterItsPatience() =>
        Assert.Equal(4, ScriptedRun.Rates([5, 4, 4, 4.5, 3.9, 3.8, 3], new EarlyStopping(patience: 2, minimum: 0.2, Monitored.TrainingLoss))
            .Length);

    /// <summary>A stop rule of textbooks: the loss changes by less than a tolerance.</summary>
    [Fact]
    public void ItStopsWhenAPassBringsLessThanATolerance() =>
        Assert.Equal(4, ScriptedRun.Rates([1, 0.5, 0.25, 0.2499, 0.1], new EarlyStopping(1, 1e-3, Monitored.TrainingLoss)).Length);
}
