using Hebb.Training;

namespace Hebb.Tests.Training.Callbacks;

public class AdaptiveLearningRateTests
{
    [Fact]
    public void TheRateFallsOnARiseAndRisesAfterSteadyFalls() =>
        Assert.Equal([0.1, 0.1, 0.1, 0.1, 0.2, 0.05, 0.05], ScriptedRun.Rates(
            [5, 4, 3, 2, 3, 2, 2], new AdaptiveLearningRate(down: 0.25, up: 2, window: 3)));

    [Fact]
    public void TheRateStaysBetweenItsBounds() =>
        Assert.Equal([0.1, 0.12, 0.12, 0.06, 0.04], ScriptedRun.Rates(
            [3, 2, 1, 2, 3, 4, 5], new AdaptiveLearningRate(down: 0.5, up: 3, window: 1, least: 0.04, most: 0.12))[1..6]);

    [Fact]
    public void BadNumbersAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveLearningRate(down: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveLearningRate(up: 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveLearningRate(window: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveLearningRate(least: 2, most: 1));
    }
}
