using Hebb.Diagnostics;

namespace Hebb.Tests.Diagnostics;

public class ActivationReportTests
{
    [Fact]
    public void SquashingFunctionsSaturateAndRectifiersDoNot()
    {
        ActivationReport logistic = ActivationReport.Of(z => z.Sigmoid(), -20, 20), tanh = ActivationReport.Of(z => z.Tanh()),
            leaky = ActivationReport.Of(z => z.LeakyRelu(0.1));
        Assert.Equal(0.25, logistic.MostSlope, 1e-12);
        Assert.InRange(logistic.SaturatedShare, 0.6, 0.8);
        Assert.Equal(1, tanh.MostSlope, 1e-12);
        Assert.Equal((0.1, 1.0, 0.0), (leaky.LeastSlope, leaky.MostSlope, leaky.SaturatedShare));
    }

    [Fact]
    public void AThresholdIsNotContinuousAndTeachesNothing()
    {
        ActivationReport step = ActivationReport.Of(z => z.Step());
        Assert.False(step.IsContinuous);
        Assert.Equal((0.0, 0.0), (step.LeastSlope, step.MostSlope));
        Assert.True(ActivationReport.Of(z => z.Relu()).IsContinuous);
        Assert.True(ActivationReport.Of(z => z * 0 + 3).IsContinuous);
        Assert.Throws<ArgumentOutOfRangeException>(() => ActivationReport.Of(z => z, 1, 1));
    }
}
