using Hebb.Optim;
using Hebb.Tests.Reference;
using Hebb.Tests.Registry;

namespace Hebb.Tests.Optim.Schedules;

public class ScheduleTests
{
    public static TheoryData<string> Cases => ReferenceFile.Names("schedules");

    [Theory, MemberData(nameof(Cases))]
    public void GivesTheReferenceRates(string name)
    {
        ReferenceCase item = ReferenceFile.Case("schedules", name);
        ISchedule schedule = ScheduleCases.ByReference[item.Op](item);
        double[] rates = [.. Enumerable.Range(0, item.Outputs["rates"].Doubles.Length).Select(step => schedule.At(step))];
        item.Outputs["rates"].AssertNear(rates, 1e-14);
    }

    /// <summary>Rates are finite and within their bounds at both ends of every parameter, from the first step to the last.</summary>
    [Fact]
    public void NoParameterLeadsOutOfRange()
    {
        double[] parts = [1e-9, 0.05, 0.1, 0.5, 1 - 1e-9];
        IEnumerable<ISchedule> schedules =
        [
            .. from part in parts from steps in (long[])[2, 3, 10, long.MaxValue] select new OneCycle(1, steps, part),
            .. from period in (long[])[1, 2, 7, long.MaxValue] from part in parts select new PolynomialDecay(1, period, 0, part * 20),
            .. from period in (long[])[1, 2, 7, long.MaxValue] select new CosineDecay(1, period, 0.1),
            .. from period in (long[])[1, 2, long.MaxValue]
               from growth in (int[])[1, 2, int.MaxValue]
               select new CosineRestarts(1, period, growth),
            .. from period in (long[])[1, 2, long.MaxValue] from part in parts select new StepDecay(1, period, part),
            .. from part in parts select new ExponentialDecay(1, part), new ExponentialDecay(1, 1),
            .. from steps in (long[])[0, 1, long.MaxValue] from part in parts select new WarmUp(steps, new ExponentialDecay(1, 0.5), part),
            new WarmUp(3, new OneCycle(1, 10, 0.1), 0), new MilestoneDecay(1, []), new MilestoneDecay(1, [0]),
        ];
        foreach (ISchedule schedule in schedules)
        {
            foreach (long step in (long[])[.. Enumerable.Range(0, 40), 1000, long.MaxValue - 1, long.MaxValue])
                Assert.True(schedule.At(step) is >= 0 and <= 1, $"{schedule} gives {schedule.At(step)} at step {step}.");
        }
    }

    [Fact]
    public void RatesStayBetweenZeroAndTheTop()
    {
        foreach (ISchedule schedule in ScheduleCases.All)
        {
            for (long step = 0; step < 200; step++) Assert.InRange(schedule.At(step), 1e-9, 0.1);
            Assert.True(double.IsFinite(schedule.At(long.MaxValue / 4)));
        }
    }

    [Fact]
    public void StepsBeforeTheFirstAreRefused()
    {
        foreach (ISchedule schedule in ScheduleCases.All) Assert.Throws<ArgumentOutOfRangeException>(() => schedule.At(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUp(0, new ConstantLearningRate(0.1)).At(-1));
    }

    [Fact]
    public void AConstantRateStays() => Assert.Equal(0.3, new ConstantLearningRate(0.3).At(1_000_000));

    [Fact]
    public void ExponentialDecayStopsAtItsFloor()
    {
        ExponentialDecay schedule = new(1, Math.Exp(-0.5), 0.1);
        Assert.Equal(Math.Exp(-1), schedule.At(2), 1e-14);
        Assert.Equal(0.1, schedule.At(100));
    }

    [Fact]
    public void OneCycleStaysAtItsEnd() => Assert.Equal(0.1 / 25 / 1e4, new OneCycle(0.1, 40).At(1000), 1e-18);

    [Fact]
    public void AWarmUpEndsWhereTheNextScheduleStarts()
    {
        WarmUp schedule = new(10, new CosineDecay(0.2, 100), From: 0);
        Assert.Equal(0, schedule.At(0));
        Assert.Equal(0.1, schedule.At(5), 1e-15);
        Assert.Equal(0.2, schedule.At(10), 1e-15);
        Assert.Equal(0.1, schedule.At(60), 1e-15);
        Assert.Equal(0.3, new WarmUp(0, new ConstantLearningRate(0.3)).At(0));
    }

    [Fact]
    public void CyclesGrowAndNeverOverflow()
    {
        CosineRestarts schedule = new(1, 3, 3);
        Assert.All((long[])[0, 3, 12, 39], start => Assert.Equal(1, schedule.At(start), 1e-15));
        Assert.True(schedule.At(38) < 0.01);
        Assert.InRange(schedule.At(long.MaxValue), 0, 1);
    }

    [Fact]
    public void EqualMilestonesAreEqualSchedules()
    {
        Assert.Equal(new MilestoneDecay(0.1, [1, 2]), new MilestoneDecay(0.1, [1, 2]));
        Assert.Equal(new MilestoneDecay(0.1, [1, 2]).GetHashCode(), new MilestoneDecay(0.1, [1, 2]).GetHashCode());
        Assert.NotEqual(new MilestoneDecay(0.1, [1, 2]), new MilestoneDecay(0.1, [1, 3]));
    }

    [Fact]
    public void BadNumbersAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolynomialDecay(0.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolynomialDecay(0.1, 1, Power: 0));
        Assert.Throws<ArgumentException>(() => new MilestoneDecay(0.1, [5, 5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineRestarts(0.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineRestarts(0.1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUp(-1, new ConstantLearningRate(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUp(1, new ConstantLearningRate(1), From: 2));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new ScheduleSequence(new ConstantLearningRate(1), (new ConstantLearningRate(1), -1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepDecay(0.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialDecay(0.1, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineDecay(0.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycle(0.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycle(0.1, 10, RiseFraction: 0));
    }
}
