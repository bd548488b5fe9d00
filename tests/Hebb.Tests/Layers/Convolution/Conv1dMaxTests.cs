namespace Hebb.Tests.Layers;

using Hebb.Layers;
using Hebb.Tests.Registry;

public class Conv1dMaxTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void ItIsAConvolutionAndItsMaximum(int kernel)
    {
        Conv1dMax layer = new(3, 4, kernel);
        layer.To(DType.Float64);
        Tensor x = Tensor.Normal([2, 3, 7], new Rng(1), dtype: DType.Float64).Track(),
            c = Tensor.Normal([2, 4], new Rng(2), dtype: DType.Float64);
        Tensor y = layer.Forward(x), padded = x.Pad([0, 0, (kernel - 1) / 2], [0, 0, kernel / 2]),
            expected = padded.Conv1d(layer.Weight, layer.Bias).Max(2);
        Near.Assert(expected.Detach().ToArray<double>(), y.Detach().ToArray<double>(), 1e-12, "results");
        Tensor[] of = [x, layer.Weight, layer.Bias!];
        foreach ((Tensor want, Tensor got) in Gradient.Of((expected * c).Sum(), of).Zip(Gradient.Of((y * c).Sum(), of)))
            Near.Assert(want.ToArray<double>(), got.ToArray<double>(), 1e-12, "gradients");
    }

    [Fact]
    public void StepsThatDoNotCountChangeNothing()
    {
        Conv1dMax layer = new(3, 8, 4);
        layer.To(DType.Float64);
        Tensor x = Tensor.Normal([2, 3, 5], new Rng(1), dtype: DType.Float64), mask = Tensor.From<long>([5, 0], [2]).LengthMask(9);
        Tensor wide = x.Pad([0, 0, 0], [0, 0, 4]) * mask.Cast(DType.Float64).Unsqueeze(1),
            y = layer.Forward(new MaskedTensor(wide, mask)).Values;
        Near.Assert(layer.Forward(x).Detach().ToArray<double>()[..8], y.Detach().ToArray<double>()[..8], 1e-12, "five of nine steps");
        Assert.Equal(new double[8], y.Detach().ToArray<double>()[8..]);
    }

    [Fact]
    public void AMisfittingMaskNamesTheLayer()
    {
        ShapeException error = Assert.Throws<ShapeException>(
            () => new Conv1dMax(3, 4, 2).Forward(new MaskedTensor(Tensor.Zeros([2, 3, 5]), Tensor.Zeros([2, 4], DType.Bool))));
        Assert.Contains("bool[2, 5]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Conv1dMax(3, 4, 0));
    }

    [Fact]
    public void ACallWithAMaskIsSeenAsOneOfTheLayer()
    {
        using NoGrad none = new();
        Conv1dMax layer = new(3, 4, 2);
        Graph graph = Graph.Trace(
            x => layer.Forward(new MaskedTensor(x, x.Sum([1]).NotEqualTo(0))).Values, new TensorSpec(DType.Float32, [2, 3, 5]));
        Assert.Contains(graph.Scopes, scope => scope.Title.Contains("Conv1dMax(3 → 4, 2)", StringComparison.Ordinal));
    }
}
