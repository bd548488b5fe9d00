using Hebb.Diagnostics;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Diagnostics;

public class UpdateReportTests
{
    [Fact]
    public void PlainDescentMovesByLearningRateTimesGradient()
    {
        Linear layer = new(4, 3);
        layer.Bias!.RequiresGrad = false;
        Tensor x = Tensor.Normal([8, 4], new Rng(1)), t = Tensor.Normal([8, 3], new Rng(2));
        Optimizer optimizer = new(layer, new Sgd(), 0.01);
        double weight = layer.Weight.Detach().Norm().Item(), slope = 0;
        UpdateLine line = Assert.Single(UpdateReport.Of(layer, () =>
        {
            new MseLoss().Forward(layer.Forward(x), t).Backward();
            slope = layer.Weight.Grad!.Norm().Item();
            optimizer.Step();
        }));
        Assert.Equal("weight", line.Name);
        Assert.Equal(weight, line.WeightNorm, 1e-6);
        Assert.Equal(0.01 * slope, line.UpdateNorm, 1e-7);
        Assert.Equal(0.01 * slope / weight, line.Ratio, 1e-6);
    }

    /// <summary>A ratio near a thousandth is what a good rate makes; a hundred times more or less shows.</summary>
    [Theory, InlineData(1e-6, "too small"), InlineData(1e-3, "about right"), InlineData(0.1, "too large")]
    public void TheRatioTellsWhetherTheLearningRateFits(double learningRate, string verdict)
    {
        Sequential net = [new Linear(10, 20), new Tanh(), new Linear(20, 5)];
        CompiledStep step = Compiled.Step(net, new Optimizer(net, new Adam(), learningRate), new MseLoss().Forward);
        Tensor x = Tensor.Normal([32, 10], new Rng(1)), t = Tensor.Normal([32, 5], new Rng(2));
        step.Run(x, t);
        foreach (UpdateLine line in UpdateReport.Of(net, () => step.Run(x, t))
            .Where(line => line.Name.EndsWith("weight", StringComparison.Ordinal)))
            Assert.Contains(verdict, line.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatStaysAndWhatStartsAtZero()
    {
        Assert.Equal(0, new UpdateLine("w", 0, 0).Ratio);
        Assert.Equal(double.PositiveInfinity, new UpdateLine("w", 0, 1).Ratio);
    }
}
