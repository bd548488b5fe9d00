using Hebb.Diagnostics;
using Hebb.Layers;

namespace Hebb.Tests.Examples;

/// <summary>
/// Why outputs should be centered on zero: what activation functions give on average, and what that does to the next layer.
/// </summary>
public class ActivationMeansTests
{
    [Fact]
    public void MeansUnderAStandardNormalDrive()
    {
        Assert.Equal(0.5, ActivationReport.Of(z => z.Sigmoid()).MeanOutput, 1e-6);
        Assert.Equal(0, ActivationReport.Of(z => z.Tanh()).MeanOutput, 1e-6);
        Assert.Equal(0.398942, ActivationReport.Of(z => z.Relu()).MeanOutput, 1e-6);
        Assert.Equal(0.394953, ActivationReport.Of(z => z.LeakyRelu(0.01)).MeanOutput, 1e-6);
        Assert.Equal(0.160521, ActivationReport.Of(z => z.Elu()).MeanOutput, 1e-6);
    }

    /// <summary>So that the unit's weights can only rise together or fall together, and go to their goal in zig-zag.</summary>
    [Fact]
    public void AUnitWithPositiveInputsHasGradientsOfOneSign()
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            Linear unit = new(8, 1);
            unit.Initialize(seed);
            Tensor positive = Tensor.Normal([1, 8], new Rng(seed)).Sigmoid();
            (unit.Forward(positive).Tanh() - (seed % 2 * 2.0 - 1)).Square().Sum().Backward();
            Assert.Single(unit.Weight.Grad!.ToArray<float>().Select(g => Math.Sign(g)).Distinct());
        }
    }
}
