using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Training.Callbacks;

public class PlateauDecayTests
{
    [Fact]
    public void ARateOfZeroIsLeft() => Assert.Equal([1, 0, 0, 0], ScriptedRun.Rates(
        [5, 5, 5, 5], new PlateauDecay(0.5, patience: 0, Monitored.TrainingLoss), new PolynomialDecay(1, 1)));

    [Fact]
    public void TheRateIsCutWhenPatienceEndsAndThenWaitsAgain() =>
        Assert.Equal([0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.025],
            ScriptedRun.Rates([5, 4, 4, 4, 4.5, 4, 4], new PlateauDecay(0.5, patience: 1, Monitored.TrainingLoss)));

    [Fact]
    public void SmallGainsDoNotCountAndTheFloorHolds() =>
        Assert.Equal([0.1, 0.1, 0.05, 0.03, 0.03], ScriptedRun.Rates(
            [5, 4.9, 4.8, 4.7, 4.6], new PlateauDecay(0.5, patience: 0, Monitored.TrainingLoss, minimum: 1, floor: 0.03)));

    [Fact]
    public void TheFactorMultipliesASchedule()
    {
        double[] rates =
            ScriptedRun.Rates([5, 5, 5, 5], new PlateauDecay(0.5, patience: 1, Monitored.TrainingLoss), new StepDecay(0.8, 1, 0.5));
        Assert.Equal([0.8, 0.4, 0.2, 0.05], rates);
    }

    [Fact]
    public void BadNumbersAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PlateauDecay(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PlateauDecay(patience: -1));
    }
}
