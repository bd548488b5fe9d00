namespace Hebb.Tests.Losses;

using Hebb.Losses;
using Hebb.Training;

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

    /// <summary>Targets of all kinds, and the call that the loss or metric asks for; none where they are taken.</summary>
    [Theory, InlineData(-1), InlineData(3), InlineData(long.MinValue), InlineData(long.MaxValue)]
    public void AClassOutOfRangeIsNamedByEveryLoss(long wrong)
    {
        Tensor scores = Tensor.Zeros([2, 3]), classes = Tensor.From<long>(0, wrong);
        Assert.All(
            (ClassLoss[])
            [
                new CrossEntropyLoss(), new NllLoss(), new FocalLoss(), new HingeLoss(), new NllLoss { ClassWeights = Tensor.Ones([3]) },
            ],
            loss => Assert.Equal($"Target 1 is class {wrong}; classes are 0 to 2, or -100 for none.",
                Assert.Throws<ArgumentException>(() => loss.Forward(scores, classes)).Message));
    }

    [Theory]
    [InlineData("float32[4]", "call target.Cast(DType.Int64).")]
    [InlineData("float32[4, 1]", "call target.Reshape([4]).Cast(DType.Int64).")]
    [InlineData("int64[4, 1]", "call target.Reshape([4]).")]
    [InlineData("int64[4, 3]", "ArgMax(1)")]
    [InlineData("float64[4, 3]", "ArgMax(1)")]
    [InlineData("float32[5]", "give one class for each sample.")]
    [InlineData("float32[4, 2]", "give one class for each sample.")]
    public void OtherTargetsAreToldHowToBecomeClasses(string target, string mend)
    {
        Tensor scores = Tensor.Zeros([4, 3]);
        DType type = target.StartsWith("int64", StringComparison.Ordinal) ? DType.Int64
            : target.StartsWith("float64", StringComparison.Ordinal) ? DType.Float64 : DType.Float32;
        Tensor given = Tensor.Zeros([.. target.Split('[')[1].TrimEnd(']').Split(", ").Select(int.Parse)], type);
        Assert.All(
            (Action[])
            [
                () => new CrossEntropyLoss().Forward(scores, given), () => new NllLoss().Forward(scores, given),
                () => new FocalLoss().Forward(scores, given), () => new HingeLoss().Forward(scores, given),
                () => scores.SoftmaxCrossEntropy(given), () => new Accuracy().Add(scores, given),
                () => new TopAccuracy(2).Add(scores, given), () => new ConfusionMatrix().Add(scores, given),
            ],
            call =>
            {
                string message = Assert.Throws<ShapeException>(call).Message;
                Assert.Contains($"got the output float32[4, 3] and the target {target}, but needs class numbers int64[4]",
                    message, StringComparison.Ordinal);
                Assert.Contains(mend, message, StringComparison.Ordinal);
            });
        Assert.Contains("or probabilities float32[4, 3]",
            Assert.Throws<ShapeException>(() => new CrossEntropyLoss().Forward(scores, given)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DType.Float32, "call target.Reshape([4, 1]).")]
    [InlineData(DType.Int64, "call target.Reshape([4, 1]).Cast(DType.Float32).")]
    public void OtherNumbersAreToldHowToBecomeLikeTheOutput(DType type, string mend)
    {
        Tensor output = Tensor.Zeros([4, 1]), given = Tensor.Zeros([4], type);
        Assert.All(
            (Loss[])
            [
                new MseLoss(), new L1Loss(), new HuberLoss(), new BceLoss(), new BceWithLogitsLoss(), new KlDivLoss(), new CosineLoss(),
            ],
            loss => Assert.EndsWith(
                mend, Assert.Throws<ShapeException>(() => loss.Forward(output, given)).Message, StringComparison.Ordinal));
        Assert.EndsWith("call target.Reshape([4, 1]).",
            Assert.Throws<ShapeException>(() => new RSquared().Add(output, given)).Message, StringComparison.Ordinal);
        Assert.Contains("give one like each output.",
            Assert.Throws<ShapeException>(() => new MseLoss().Forward(output, Tensor.Zeros([5]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightsMustBeOneForEachClass()
    {
        string message = Assert.Throws<ShapeException>(
            () => new NllLoss { ClassWeights = Tensor.Ones([4]) }.Forward(s_logs, Tensor.From<long>(0, 1))).Message;
        Assert.Contains("each of the 3 classes", message, StringComparison.Ordinal);
    }
}
