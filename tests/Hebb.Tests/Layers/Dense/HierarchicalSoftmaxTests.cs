namespace Hebb.Tests.Layers;

using Hebb.Layers;
using Hebb.Tests.Registry;

public class HierarchicalSoftmaxTests
{
    private static readonly Tensor s_x = Tensor.Normal([6, 3], new Rng(1), 0, 20, DType.Float64);

    [Theory, InlineData(2), InlineData(3), InlineData(8), InlineData(100)]
    public void LeavesSumToOneForAnyScores(int classes)
    {
        HierarchicalSoftmax layer = HierarchicalSoftmax.Balanced(3, classes).To(DType.Float64);
        Assert.All(layer.Forward(s_x).Exp().Sum(1).Detach().ToArray<double>(), sum => Assert.Equal(1, sum, 1e-12));
        Assert.Equal((int)Math.Ceiling(Math.Log2(classes)), layer.Depth);
        Assert.Equal(4 * (classes - 1), layer.ParameterCount);
    }

    [Fact]
    public void OneClassCostsItsWayDownAlone()
    {
        HierarchicalSoftmax layer = HierarchicalSoftmax.Huffman(3, [5, 1, 1, 40, 2, 0]).To(DType.Float64);
        Tensor classes = Tensor.From<long>(3, 0, 5, 1, 4, 2), all = layer.Forward(s_x);
        Near.Assert(all.Gather(1, classes.Unsqueeze(1)).Detach().ToArray<double>(),
            layer.LogProbability(s_x, classes).Detach().ToArray<double>(), 1e-12, "ln p");
        Assert.All(all.Exp().Sum(1).Detach().ToArray<double>(), sum => Assert.Equal(1, sum, 1e-12));
        Tensor[] few = Gradient.Of(layer.Loss(s_x, classes), [.. layer.Parameters()]);
        Tensor[] many = Gradient.Of(new Hebb.Losses.NllLoss().Forward(layer.Forward(s_x), classes), [.. layer.Parameters()]);
        for (int i = 0; i < few.Length; i++) Near.Assert(many[i].ToArray<double>(), few[i].ToArray<double>(), 1e-12, $"gradient {i}");
    }

    [Fact]
    public void FrequentClassesAreNearTheRoot()
    {
        HierarchicalSoftmax layer = HierarchicalSoftmax.Huffman(2, [1, 1, 2, 4, 8]);
        float[] depths = layer.StateDict()["turns"].Abs().Sum(1).ToArray<float>();
        Assert.Equal([4f, 4, 3, 2, 1], depths);
        Assert.Equal([3f, 3, 2, 2, 2], HierarchicalSoftmax.Balanced(2, 5).StateDict()["turns"].Abs().Sum(1).ToArray<float>());
    }

    [Fact]
    public void BadTreesAndClassesAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => HierarchicalSoftmax.Balanced(3, 1));
        Assert.Throws<ArgumentException>(() => HierarchicalSoftmax.Huffman(3, [1, -1]));
        HierarchicalSoftmax layer = HierarchicalSoftmax.Balanced(3, 4);
        Assert.Throws<ShapeException>(() => layer.LogProbability(Tensor.Zeros([2, 3]), Tensor.Zeros([2])));
        Assert.ThrowsAny<ArgumentException>(() => layer.LogProbability(Tensor.Zeros([1, 3]), Tensor.From<long>(4)));
    }
}
