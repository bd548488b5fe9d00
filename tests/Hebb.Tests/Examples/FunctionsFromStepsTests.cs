using Hebb.Layers;
using Hebb.Tests.Registry;

namespace Hebb.Tests.Examples;

/// <summary>
/// Any continuous function on [0, 1] from one hidden layer of thresholds whose weights are set, not learned: N pieces, each opened by one
/// unit and closed by another, as high as the function at the piece's left end. Where the function is not 0 at 0, the first piece must open
/// below 0; the last is not closed.
/// </summary>
public class FunctionsFromStepsTests
{
    private static readonly Tensor s_x = Tensor.Linspace(0, 1, 20_001, DType.Float64).Reshape(20_001, 1);

    [Theory]
    [InlineData(10, 0.190, 0.588)]
    [InlineData(20, 0.0975, 0.309)]
    [InlineData(40, 0.0494, 0.156)]
    [InlineData(80, 0.0248, 0.0784)]
    public void TwiceAsManyPiecesHalveTheError(int pieces, double ofSquare, double ofSine)
    {
        Assert.Equal(ofSquare, Error(Square, pieces, new Step()), 0.01 * ofSquare);
        Assert.Equal(ofSine, Error(Sine, pieces, new Step()), 0.01 * ofSine);
    }

    [Fact]
    public void SteepLogisticUnitsTendToTheSteps()
    {
        // The sine is 0 at 1 and gains from a last piece that is half closed there: soft edges can lower the largest error.
        Assert.Equal(0.279, Error(Sine, 20, new Sigmoid(), slope: 1000, closesLast: true), 0.003);
        Assert.Equal(0.305, Error(Sine, 20, new Sigmoid(), slope: 10_000, closesLast: true), 0.003);
        // The square is 1 at 1 and loses half of it.
        Assert.Equal(0.55, Error(Square, 20, new Sigmoid(), slope: 1000, closesLast: true), 0.005);
    }

    [Fact]
    public void AFunctionThatIsNotZeroAtZeroNeedsAnEarlierStart()
    {
        Assert.Equal(1, Error(Cosine, 40, new Step()), 1e-12);
        Assert.InRange(Error(Cosine, 40, new Step(), start: -1), 0, 0.157);
    }

    private static Tensor Square(Tensor x) => x.Square();

    private static Tensor Sine(Tensor x) => (x * (2 * Math.PI)).Sin();

    private static Tensor Cosine(Tensor x) => (x * (2 * Math.PI)).Cos();

    /// <summary>The largest error over [0, 1], both ends included.</summary>
    private static double Error(
        Func<Tensor, Tensor> f, int pieces, Module unit, double slope = 1, double start = 0, bool closesLast = false)
    {
        Linear hidden = new(1, 2 * pieces), output = new(2 * pieces, 1, bias: false);
        Sequential net = new Sequential(hidden, unit, output).To(DType.Float64);
        double[] borders = [.. Enumerable.Range(0, pieces + 1).Select(i => (double)i / pieces)],
            heights = f(Tensor.From(borders[..^1], [pieces])).ToArray<double>();
        double[] biases = new double[2 * pieces], weights = new double[2 * pieces];
        for (int i = 0; i < pieces; i++)
        {
            double end = i == pieces - 1 && !closesLast ? 2 : borders[i + 1];
            (biases[2 * i], biases[2 * i + 1]) = (-slope * (i == 0 ? start : borders[i]), -slope * end);
            (weights[2 * i], weights[2 * i + 1]) = (heights[i], -heights[i]);
        }
        net.LoadStateDict(new Dictionary<string, Tensor>
        {
            ["0.weight"] = Tensor.Full([2 * pieces, 1], slope, DType.Float64),
            ["0.bias"] = Tensor.From(biases, [2 * pieces]),
            ["2.weight"] = Tensor.From(weights, [1, 2 * pieces]),
        });
        using (new NoGrad()) return (net.Forward(s_x) - f(s_x)).Abs().Max().Item();
    }
}
