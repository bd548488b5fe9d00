using Hebb.Tests.Registry;

namespace Hebb.Tests.Examples;

/// <summary>Gradients of small networks written out by hand, as in textbooks, equal those of automatic differentiation.</summary>
public class BackpropByHandTests
{
    private static readonly Tensor s_w1 = Tensor.From(new double[,] { { 1, -1, 0 }, { 0, 2, -1 } });
    private static readonly Tensor s_w2 = Tensor.From(new double[,] { { 1, 1 }, { 2, -1 }, { -1, 0 } });

    [Fact]
    public void OneWeightOfALogisticSoftmaxNetworkInSymbols()
    {
        Tensor x = Tensor.From<double>(1, 0, 1), w = s_w1.Detach().Track();
        Tensor z = w.MatMul(x).Sigmoid(), y = s_w2.MatMul(z).Softmax();
        Near.Assert([0.731059, 0.268941], z.Detach().ToArray<double>(), 1e-6, "hidden");
        Near.Assert([0.418376, 0.507531, 0.074093], y.Detach().ToArray<double>(), 1e-6, "outputs");
        double slope = Gradient.Of(y[0], w)[0, 0].Item();
        double[] h = z.Detach().ToArray<double>(), p = y.Detach().ToArray<double>(), v = s_w2.ToArray<double>();
        Assert.Equal(1 * h[0] * (1 - h[0]) * p[0] * (v[0] - (p[0] * v[0] + p[1] * v[2] + p[2] * v[4])), slope, 1e-12);
        Assert.Equal(-0.0295589, slope, 1e-7);
    }

    [Fact]
    public void TheGradientByTheInputOfATanhNetwork()
    {
        Tensor x = Tensor.From<double>(0.5, -1, 2).Track(), t = Tensor.From<double>(0, 1, 0);
        Tensor b1 = Tensor.From<double>(0.1, -0.2), b2 = Tensor.From<double>(0.3, 0, -0.1);
        Tensor z = x.Linear(s_w1, b1).Tanh(), y = z.Linear(s_w2, b2);
        double[] found = Gradient.Of((y - t).Square().Sum(), x).ToArray<double>();
        Near.Assert([1.484065, -1.489894, 0.002914], found, 1e-5, "g(x)");
        Tensor byHand = s_w1.T.MatMul((1 - z.Square()) * s_w2.T.MatMul((y - t) * 2));
        Near.Assert(byHand.Detach().ToArray<double>(), found, 1e-12, "W1ᵀ((1 - z²) ∘ W2ᵀ 2(y - t))");
    }

    [Fact]
    public void ALogisticLayerLearnsByItsOutputTimesOneMinusIt()
    {
        Tensor x = Tensor.From<double>(0.3, -0.6, 1.2), t = Tensor.From<double>(1, 0);
        Tensor w = Tensor.From(new[,] { { 0.2, -0.1, 0.4 }, { -0.3, 0.5, 0.1 } }).Track(), b = Tensor.From<double>(0.05, -0.02).Track();
        Tensor y = x.Linear(w, b).Sigmoid();
        Tensor[] found = Gradient.Of((y - t).Square().Mean(), [w, b]);
        Tensor gv = (y * (1 - y) * (y - t)).Detach();
        Near.Assert(gv.ToArray<double>(), found[1].ToArray<double>(), 1e-10, "g(b) = g(v)");
        Near.Assert(gv.Outer(x).ToArray<double>(), found[0].ToArray<double>(), 1e-10, "g(w_i) = g(u_i) x");
    }

    [Fact]
    public void AnImageCanFeedAGridOfUnitsFlatOrNot()
    {
        Tensor image = Tensor.Uniform([28, 28], new Rng(1), dtype: DType.Float64),
            weights = Tensor.Normal([7, 7, 28, 28], new Rng(2), dtype: DType.Float64);
        Assert.Equal(38416, weights.Count);
        Tensor grid = Tensor.Einsum("uvij,ij->uv", weights, image), flat = image.Flatten().Linear(weights.Reshape(49, 784));
        Near.Assert(grid.Flatten().ToArray<double>(), flat.ToArray<double>(), 1e-10, "grid");
    }

    [Fact]
    public void ANetworkWithRowsAsLayersByTheChainRule()
    {
        Rng rng = new(3);
        Tensor x = Tensor.Normal([1, 3], rng, dtype: DType.Float64), t = Tensor.From(new double[,] { { 1, 0 } });
        Tensor w = Tensor.Normal([3, 4], rng, dtype: DType.Float64).Track(), alpha = Tensor.Normal([4], rng, dtype: DType.Float64).Track();
        Tensor m = Tensor.Normal([4, 2], rng, dtype: DType.Float64).Track(), beta = Tensor.Normal([2], rng, dtype: DType.Float64).Track();
        Tensor h = (x.MatMul(w) + alpha).Sigmoid(), y = (h.MatMul(m) + beta).Sigmoid();
        Tensor[] g = Gradient.Of((y - t).Square().Sum(), [w, alpha, m, beta]);
        double[] units = h.Detach().ToArray<double>(), weights = m.Detach().ToArray<double>(), byBeta = g[3].ToArray<double>();
        Assert.Equal(byBeta[0] * units[3], g[2][3, 0].Item(), 1e-10);
        double byAlpha = units[0] * (1 - units[0]) * ((byBeta[0] * weights[0]) + (byBeta[1] * weights[1]));
        Assert.Equal(byAlpha, g[1][0].Item(), 1e-10);
        Assert.Equal(x[0, 1].Item() * byAlpha, g[0][1, 0].Item(), 1e-10);
    }

    [Fact]
    public void AStepDownTheSlopeOfAWeightLowersTheLoss()
    {
        // A logistic output that says 0.301 where 1 is wanted.
        double z = Math.Log(0.301 / 0.699);
        Tensor logit = Tensor.Scalar(z).Track(), one = Tensor.Scalar(1.0);
        Tensor loss = logit.BceWithLogits(one);
        Assert.Equal(1.2006, loss.Item(), 1e-4);
        loss.Backward();
        Assert.Equal(0.301 - 1, logit.Grad!.Item(), 1e-12);
        using (new NoGrad()) Assert.True((logit - 0.1 * logit.Grad).BceWithLogits(one).Item() < loss.Item());
    }
}
