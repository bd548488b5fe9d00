using Hebb.Training;

namespace Hebb.Tests.Training;

public class MetricsTests
{
    private static readonly Tensor Scores = Tensor.From(new double[,] { { 3, 2, 1 }, { 1, 3, 2 }, { 2, 2, 1 }, { 0, 1, 2 } });

    private static readonly Tensor Labels = Tensor.From<long>(0, 2, 1, 2);

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
        Assert.Contains("class 7", Assert.Throws<ShapeException>(() => new Accuracy().Add(Scores, Tensor.From<long>(0, 7, 0, 0))).Message, StringComparison.Ordinal);
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
}
