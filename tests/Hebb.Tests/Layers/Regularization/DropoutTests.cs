namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class DropoutTests
{
    private static float[] Run(Dropout layer, Shape shape) => layer.Forward(Tensor.Ones(shape)).ToArray<float>();

    [Fact]
    public void TrainingKeepsTheMeanAndEvaluationIsTheIdentity()
    {
        Dropout layer = new(0.2);
        float[] y = Run(layer, [100, 200]);
        Assert.All(y, value => Assert.True(value is 0 or 1.25f));
        Assert.Equal(0.2, y.Count(value => value == 0) / 20000.0, 0.012);
        layer.Eval();
        Tensor x = Tensor.Ones([3]);
        Assert.Same(x, layer.Forward(x));
        Assert.Equal(0.8, layer.KeepProbability);
    }

    [Fact]
    public void TheOtherScalingKeepsUnitsInTrainingAndShrinksThemInUse()
    {
        Dropout layer = new(0.2) { ScalesInEvaluation = true };
        Assert.All(Run(layer, [50, 10]), value => Assert.True(value is 0 or 1));
        layer.Eval();
        Assert.All(Run(layer, [5]), value => Assert.Equal(0.8f, value));
    }

    [Fact]
    public void MasksAreDrawnForEachSampleOrForTheBatch()
    {
        float[] each = Run(new Dropout(0.5), [2, 64]), shared = Run(new Dropout(0.5) { IsPerBatch = true }, [2, 64]);
        Assert.NotEqual(each[..64], each[64..]);
        Assert.Equal(shared[..64], shared[64..]);
        Assert.Contains(0f, shared);
    }

    [Fact]
    public void AnExactFractionFallsInEverySample()
    {
        float[] y = Run(new Dropout(0.3) { IsExactFraction = true }, [40, 2, 5]);
        string[] patterns = [.. y.Chunk(10).Select(sample => string.Join(' ', sample))];
        Assert.All(y.Chunk(10), sample => Assert.Equal(3, sample.Count(value => value == 0)));
        Assert.True(patterns.Distinct().Count() > 20);
    }

    [Fact]
    public void GradientsPassWhereUnitsStay()
    {
        Tensor x = Tensor.Ones([8, 8]).Track();
        Tensor y = new Dropout(0.5).Forward(x);
        y.Sum().Backward();
        Assert.Equal(y.Detach().ToArray<float>(), x.Grad!.ToArray<float>());
    }

    [Fact]
    public void MasksAreAFunctionOfTheSeed()
    {
        Sequential net = [new Dropout(), new Dropout()];
        net.Initialize(3);
        Tensor x = Tensor.Ones([64]);
        float[] first = net.Forward(x).ToArray<float>(), second = net.Forward(x).ToArray<float>();
        Assert.NotEqual(first, second);
        Assert.Equal(256UL, net.Noise.Position);
        net.Initialize(3);
        Assert.Equal(first, net.Forward(x).ToArray<float>());
        Assert.NotEqual(net[0].Forward(x).ToArray<float>(), net[1].Forward(x).ToArray<float>());
    }

    [Theory, InlineData(-0.1), InlineData(1), InlineData(double.NaN)]
    public void AProbabilityOutsideItsRangeIsRefused(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(probability));
}
