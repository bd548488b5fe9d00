namespace Hebb.Tests.Losses;

using Hebb.Losses;

public class ClassLossTests
{
    private static readonly Tensor s_logs = Tensor.From<double>([1, 2, 3, 4, 5, 6], [2, 3]).LogSoftmax(1);

    /// <summary>Log-probabilities are their own logits, so that both losses agree.</summary>
    [Fact]
    public void MarkedSamplesCountNothing()
    {
        foreach (ClassLoss loss in (ClassLoss[])[new NllLoss { IgnoreIndex = 7 }, new CrossEntropyLoss { IgnoreIndex = 7 }])
            Assert.Equal(-s_logs.ToArray<double>()[4], loss.Forward(s_logs, Tensor.From<long>(7, 1)).Item(), 1e-14);
    }

    [Fact]
    public void OnlyMarkedSamplesLeaveNothingToAverage() =>
        Assert.True(double.IsNaN(new NllLoss().Forward(s_logs, Tensor.From<long>(-100, -100)).Item()));

    [Fact]
    public void WeightsMustBeOneForEachClass()
    {
        string message = Assert.Throws<ShapeException>(
            () => new NllLoss { ClassWeights = Tensor.Ones([4]) }.Forward(s_logs, Tensor.From<long>(0, 1))).Message;
        Assert.Contains("each of the 3 classes", message, StringComparison.Ordinal);
    }
}
