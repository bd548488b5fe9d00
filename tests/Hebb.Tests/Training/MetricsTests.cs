using Hebb.Data;
using Hebb.Layers;
using Hebb.Training;

namespace Hebb.Tests.Training;

public class MetricsTests
{
    private static readonly Tensor Scores = Tensor.From(new double[,] { { 3, 2, 1 }, { 1, 3, 2 }, { 2, 2, 1 }, { 0, 1, 2 } });

    private static readonly Tensor Labels = Tensor.From<long>(0, 2, 1, 2);

    [Theory]
    [InlineData(double.NaN), InlineData(2), InlineData(-3), InlineData(1.5)]
    public void AnswersThatAreNoneAreRefused(double answer)
    {
        BinaryAccuracy binary = new();
        Assert.Contains("check the targets", Assert.Throws<ShapeException>(
            () => binary.Add(Tensor.From<double>(1, 1), Tensor.From(1, answer))).Message, StringComparison.Ordinal);
        if (answer == 2) Assert.Throws<ShapeException>(() => binary.Add(Tensor.From(new double[,] { { 1 } }), Tensor.From<long>(2)));
        Assert.True(double.IsNaN(binary.Value));
        binary.Add(Tensor.From<double>(1, 1, -1), Tensor.From<double>(1, 0.9, 0));
        Assert.Equal(1, binary.Value);
    }

    [Fact]
    public void NaNIsNeverRight()
    {
        Tensor broken = Tensor.From(new double[,] { { double.NaN, double.NaN }, { 2, double.NaN }, { double.NaN, 2 }, { 2, 1 } });
        Tensor labels = Tensor.From<long>(0, 0, 1, 0);
        Accuracy accuracy = new();
        TopAccuracy top = new(2);
        ConfusionMatrix confusion = new();
        BalancedAccuracy balanced = new();
        accuracy.Add(broken, labels);
        top.Add(broken, labels);
        confusion.Add(broken, labels);
        balanced.Add(broken, labels);
        Assert.Equal((0.25, 0.25), (accuracy.Value, top.Value));
        Assert.Equal(new long[,] { { 1, 0 }, { 0, 0 } }, confusion.Counts);
        Assert.Equal([2L, 1], confusion.Unguessed);
        Assert.Equal((1.0 / 3, 0), (confusion.Recall(0), confusion.Recall(1)));
        Assert.Equal(1.0 / 6, balanced.Value, 12);
        Assert.Contains("none", confusion.ToString(), StringComparison.Ordinal);
        BinaryAccuracy binary = new();
        binary.Add(Tensor.From<double>(double.NaN, double.NaN, -1), Tensor.From<double>(0, 1, 0));
        Assert.Equal(1.0 / 3, binary.Value);
        Assert.True(double.IsNaN(Of(new RSquared())));
        Assert.True(double.IsNaN(Of(new RootMeanSquaredError())));

        static double Of(IMetric metric)
        {
            metric.Add(Tensor.From<double>(1, double.NaN, 3), Tensor.From<double>(1, 2, 3));
            return metric.Value;
        }
    }

    [Fact]
    public void IgnoredClassesDoNotCountAndStepsDo()
    {
        Tensor scores = Tensor.From<double>([5, 0, 0, 1, 5, 2], [1, 2, 3]), labels = Tensor.From<long>([0, -100, 0], [1, 3]);
        Accuracy accuracy = new();
        accuracy.Add(scores, labels);
        Assert.Equal(0.5, accuracy.Value);
        Accuracy other = new() { IgnoreIndex = 7 };
        other.Add(scores, Tensor.From<long>([0, 7, 7], [1, 3]));
        Assert.Equal(1, other.Value);
        Assert.Throws<ShapeException>(() => other.Add(scores, labels));
        ConfusionMatrix confusion = new();
        confusion.Add([scores], new Batch(scores, labels));
        Assert.Equal(new long[,] { { 1, 1 }, { 0, 0 } }, confusion.Counts);
    }

    [Fact]
    public void AccuracyTakesTheFirstOfEquals()
    {
        Accuracy accuracy = new();
        Assert.True(double.IsNaN(accuracy.Value));
        accuracy.Add(Scores, Labels);
        Assert.Equal(0.5, accuracy.Value);
        accuracy.Reset();
        Assert.True(double.IsNaN(accuracy.Value));
        Assert.True(accuracy.IsGain);
    }

    [Fact]
    public void TopAccuracyLooksFurther()
    {
        TopAccuracy two = new(2);
        two.Add(Scores, Labels);
        Assert.Equal(1, two.Value);
        Assert.Equal("top-2 accuracy", two.Name);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TopAccuracy(0));
    }

    [Fact]
    public void ConfusionCountsRightClassesByGuesses()
    {
        ConfusionMatrix confusion = new();
        confusion.Add(Scores, Labels);
        Assert.Equal(new long[,] { { 1, 0, 0 }, { 1, 0, 0 }, { 0, 1, 1 } }, confusion.Counts);
        Assert.Equal(0.5, confusion.Recall(2));
        Assert.Equal(0.5, confusion.Precision(0));
        Assert.Throws<ShapeException>(() => confusion.Add(Scores[.., ..2], Tensor.From<long>(0, 0, 0, 0)));
    }

    [Fact]
    public void BalancedAccuracyIsTheMeanOfTheRecalls()
    {
        BalancedAccuracy metric = new();
        Assert.True(double.IsNaN(metric.Value));
        metric.Add(Scores, Labels);
        Assert.Equal((1 + 0 + 0.5) / 3, metric.Value, 12);
        metric.Reset();
        metric.Add(Scores[..2], Tensor.From<long>(0, 1));
        Assert.Equal(1, metric.Value);
        Assert.True(metric.IsGain);
    }

    [Fact]
    public void RSquaredIsOneForPerfectAndZeroForTheMean()
    {
        Tensor target = Tensor.From<double>([1, 2, 3, 4], [4, 1]);
        RSquared perfect = new(), mean = new();
        perfect.Add(target, target);
        mean.Add(Tensor.Full([4, 1], 2.5, DType.Float64), target);
        Assert.Equal(1, perfect.Value);
        Assert.Equal(0, mean.Value, 12);
        RSquared parts = new();
        parts.Add(target[..2] + 0.5, target[..2]);
        parts.Add(target[2..] + 0.5, target[2..]);
        Assert.Equal(1 - 4 * 0.25 / 5, parts.Value, 12);
    }

    [Fact]
    public void RootMeanSquaredErrorIsInTheUnitOfTheTarget()
    {
        RootMeanSquaredError rmse = new();
        rmse.Add(Tensor.From<double>(1, 2), Tensor.From<double>(4, 6));
        Assert.Equal(Math.Sqrt(12.5), rmse.Value, 12);
        Assert.False(rmse.IsGain);
    }

    [Fact]
    public void MisfitsAreNamed()
    {
        Assert.Throws<ShapeException>(() => new Accuracy().Add(Scores, Tensor.From<long>(0, 1)));
        Assert.Contains(
            "class 7", Assert.Throws<ShapeException>(() => new Accuracy().Add(Scores, Tensor.From<long>(0, 7, 0, 0))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => new RSquared().Add(Scores, Labels));
    }

    [Fact]
    public void YesAndNoAreTheSignOfALogit()
    {
        BinaryAccuracy metric = new();
        metric.Add(Tensor.From<float>([3, -1, 0.5f, -2], [2, 2]), Tensor.From<float>([1, 0, 0, 1], [2, 2]));
        Assert.Equal(0.5, metric.Value);
        metric.Add(Tensor.From<float>([3, -1], [2, 1]), Tensor.From<long>(1, 0));
        Assert.Equal(4 / 6.0, metric.Value);
        Assert.Throws<ShapeException>(() => metric.Add(Tensor.Zeros([2, 2]), Tensor.Zeros([2])));
        metric.Reset();
        Assert.True(double.IsNaN(metric.Value));
    }

    /// <summary>A yes or no may be one logistic unit or two softmax units.</summary>
    [Fact]
    public void OneLogitCostsWhatTwoScoresCost()
    {
        Tensor z = Tensor.From<double>([0.7, -2, 3], [3, 1]), answers = Tensor.From<long>(1, 0, 0);
        Tensor pair = Tensor.Concat([Tensor.Zeros([3, 1], DType.Float64), z], 1);
        Assert.Equal(TrainingTask.Classification.Loss(pair, answers).Item(), TrainingTask.Binary.Loss(z, answers).Item(), 1e-12);
    }

    [Fact]
    public void AConfusionMatrixPrintsItselfAsATable()
    {
        ConfusionMatrix confusion = new();
        confusion.Add(Tensor.From<float>([1, 0, 0, 1, 0, 1], [3, 2]), Tensor.From<long>([0, 0, 1], [3]));
        Assert.Equal("right \\ guess  cat  dog  recall  precision\ncat              1    1   0.500      1.000\ndog              0    1   "
            + "1.000      0.500", confusion.ToString(["cat", "dog"]));
        Assert.StartsWith("right \\ guess  0  1  recall", confusion.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => confusion.ToString(["cat"]));
    }

    [Fact]
    public void EpochsAndResultsPrintThemselvesInALine()
    {
        EpochRecord epoch = new(3, 1.25, 0.01, 0.5, 0.75, 0.25, 0.875), bare = epoch with { ValidationLoss = double.NaN };
        Assert.Equal("epoch   3  loss 0.5000 accuracy 0.7500  validation loss 0.2500 accuracy 0.8750  learning rate 0.01  1.2 s",
            epoch.ToString("accuracy").Replace("1.3 s", "1.2 s", StringComparison.Ordinal));
        Assert.DoesNotContain("validation", bare.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("after 2.0 s of training. Stopped: enough.", new TrainingResult([epoch], 2, "enough").ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void StepsThatCountAreTheRowsOfMetrics()
    {
        Tensor mask = Tensor.From([true, true, false, true, false, false], [2, 3]), classes = Tensor.From<long>([0, 1, 0, 1, 0, 0], [2, 3]);
        Tensor scores = Tensor.Zeros([2, 2, 3]); // all guess class 0
        Batch batch = new(("x", FieldRole.Input, scores), ("class", FieldRole.Target, classes),
            ("number", FieldRole.Target, classes.Cast(DType.Float32)));
        IMetric accuracy = new Accuracy(), second = new OutputMetric(new RootMeanSquaredError(), 1, "number");
        MaskedTensor[] outputs = [new(scores, mask), new(Tensor.Full([2, 3], 3), mask)];
        accuracy.Add(outputs, batch);
        second.Add(outputs, batch);
        Assert.Equal(1 / 3.0, accuracy.Value, 1e-12);
        Assert.Equal(Math.Sqrt((9 + 4 + 4) / 3.0), second.Value, 1e-6);
        Assert.Equal(("number RMSE", false), (second.Name, second.IsGain));
        second.Reset();
        Assert.True(double.IsNaN(second.Value));
        Assert.Throws<ShapeException>(() => accuracy.Add([new(Tensor.Zeros([2, 2, 4]), Tensor.Ones([2, 4], DType.Bool))], batch));
    }
}
