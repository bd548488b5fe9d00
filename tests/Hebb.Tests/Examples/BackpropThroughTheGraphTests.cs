using Hebb.Tests.Registry;

namespace Hebb.Tests.Examples;

/// <summary>The gradients of small networks as nodes of a recorded graph, which is made once and evaluated for many leaves.</summary>
public class BackpropThroughTheGraphTests
{
    private static readonly Tensor s_w1 = Tensor.From(new double[,] { { 1, -1, 0 }, { 0, 2, -1 } });
    private static readonly Tensor s_w2 = Tensor.From(new double[,] { { 1, 1 }, { 2, -1 }, { -1, 0 } });

    private static TensorSpec Double(params ReadOnlySpan<int> shape) => new(DType.Float64, new Shape(shape));

    private static double[] Values(Tensor tensor) => tensor.ToArray<double>();

    [Fact]
    public void OneWeightOfALogisticSoftmaxNetwork()
    {
        Graph graph = Graph.Trace(
            arguments =>
            {
                Tensor w = arguments[0].Track(), z = w.MatMul(arguments[1]).Sigmoid(), y = s_w2.MatMul(z).Softmax();
                return [z, y, Gradient.Of(y[0], w)];
            },
            Double(2, 3), Double(3));
        Tensor x = Tensor.From<double>(1, 0, 1);
        Tensor[] found = graph.Evaluate(s_w1, x);
        Near.Assert([0.731059, 0.268941], Values(found[0]), 1e-6, "hidden");
        Near.Assert([0.418376, 0.507531, 0.074093], Values(found[1]), 1e-6, "outputs");
        Assert.Equal(-0.0295589, found[2][0, 0].Item(), 1e-7);
        const double h = 1e-5;
        double[] First(double step)
        {
            Tensor moved = s_w1.Clone();
            moved[0, 0] = moved[0, 0] + step;
            return Values(graph.Evaluate(moved, x)[1]);
        }
        Assert.Equal((First(h)[0] - First(-h)[0]) / (2 * h), found[2][0, 0].Item(), 1e-9);
    }

    [Fact]
    public void TheGradientByTheInputOfATanhNetwork()
    {
        Tensor t = Tensor.From<double>(0, 1, 0), b1 = Tensor.From<double>(0.1, -0.2), b2 = Tensor.From<double>(0.3, 0, -0.1);
        Graph graph = Graph.Trace(
            arguments =>
            {
                Tensor x = arguments[0].Track(), z = x.Linear(s_w1, b1).Tanh(), y = z.Linear(s_w2, b2);
                return [.. Gradient.Of((y - t).Square().Sum(), [x, z]), s_w1.T.MatMul((1 - z.Square()) * s_w2.T.MatMul((y - t) * 2))];
            },
            Double(3));
        Tensor[] found = graph.Evaluate(Tensor.From<double>(0.5, -1, 2));
        Near.Assert([1.484065, -1.489894, 0.002914], Values(found[0]), 1e-5, "g(x)");
        Near.Assert(Values(found[2]), Values(found[0]), 1e-12, "W1ᵀ((1 - z²) ∘ W2ᵀ 2(y - t))");
        Tensor z = Tensor.From<double>(0.5, -1, 2).Linear(s_w1, b1).Tanh();
        Near.Assert(Values(s_w2.T.MatMul((z.Linear(s_w2, b2) - t) * 2)), Values(found[1]), 1e-12, "g(z)");
    }

    [Fact]
    public void EveryNodeOfALogisticLayerHasItsGradient()
    {
        Graph graph = Graph.Trace(
            arguments =>
            {
                Tensor w = arguments[0].Track(), x = arguments[1], b = arguments[2].Track();
                Tensor u = w.MatMul(x), v = u + b, y = v.Sigmoid();
                return [y, .. Gradient.Of((y - arguments[3]).Square().Mean(), [y, v, u, b, w])];
            },
            Double(2, 3), Double(3), Double(2), Double(2));
        Tensor x = Tensor.From<double>(0.3, -0.6, 1.2);
        Tensor[] found = graph.Evaluate(
            Tensor.From(new[,] { { 0.2, -0.1, 0.4 }, { -0.3, 0.5, 0.1 } }), x, Tensor.From(0.05, -0.02), Tensor.From<double>(1, 0));
        (Tensor y, Tensor gy, Tensor gv, Tensor gu, Tensor gb, Tensor gw) = (found[0], found[1], found[2], found[3], found[4], found[5]);
        Near.Assert(Values(y * (1 - y) * gy), Values(gv), 1e-10, "g(v) = y (1 - y) g(y)");
        Assert.Equal(Values(gv), Values(gu));
        Assert.Equal(Values(gv), Values(gb));
        Near.Assert(Values(gu.Outer(x)), Values(gw), 1e-10, "g(w_i) = g(u_i) x");
    }

    [Fact]
    public void AnImageThatFeedsAGridOfUnitsFlatOrNot()
    {
        Graph graph = Graph.Trace(
            arguments =>
            {
                Tensor w = arguments[1].Track();
                Tensor grid = Tensor.Einsum("uvij,ij->uv", w, arguments[0]), flat = arguments[0].Flatten().Linear(w.Reshape(49, 784));
                return [grid.Flatten(), flat, Gradient.Of(grid.Square().Sum(), w, retainGraph: true), Gradient.Of(flat.Square().Sum(), w)];
            },
            Double(28, 28), Double(7, 7, 28, 28));
        Tensor[] found = graph.Evaluate(
            Tensor.Uniform([28, 28], new Rng(1), dtype: DType.Float64), Tensor.Normal([7, 7, 28, 28], new Rng(2), dtype: DType.Float64));
        Assert.Equal(38416, found[2].Count);
        Near.Assert(Values(found[0]), Values(found[1]), 1e-10, "units");
        Near.Assert(Values(found[2]), Values(found[3]), 1e-10, "gradients");
    }

    [Fact]
    public void ANetworkWithRowsAsLayersByTheChainRule()
    {
        Graph graph = Graph.Trace(
            arguments =>
            {
                Tensor x = arguments[0], w = arguments[1].Track(), alpha = arguments[2].Track(), m = arguments[3].Track(),
                    beta = arguments[4].Track();
                Tensor h = (x.MatMul(w) + alpha).Sigmoid(), y = (h.MatMul(m) + beta).Sigmoid();
                return [h, .. Gradient.Of((y - arguments[5]).Square().Sum(), [w, alpha, m, beta])];
            },
            Double(1, 3), Double(3, 4), Double(4), Double(4, 2), Double(2), Double(1, 2));
        Rng rng = new(3);
        Tensor[] leaves = [.. graph.Arguments.Select(argument => Tensor.Normal(argument.Shape, rng, dtype: DType.Float64))];
        Tensor[] found = graph.Evaluate(leaves);
        (double[] h, double[] m, double[] byBeta) = (Values(found[0]), Values(leaves[3]), Values(found[4]));
        Assert.Equal(byBeta[0] * h[3], found[3][3, 0].Item(), 1e-10);
        double byAlpha = h[0] * (1 - h[0]) * (byBeta[0] * m[0] + byBeta[1] * m[1]);
        Assert.Equal(byAlpha, found[2][0].Item(), 1e-10);
        Assert.Equal(leaves[0][0, 1].Item() * byAlpha, found[1][1, 0].Item(), 1e-10);
    }

    [Fact]
    public void SharedNodesRunOnceInAFunctionAndItsGradient()
    {
        Graph graph = Graph.Trace(
            x =>
            {
                x.Track();
                Tensor shared = x.Apply(new CountedExp());
                Tensor y = (shared * shared + shared).Sum();
                return Gradient.Of(y, x);
            },
            Double(3));
        for (int run = 0; run < 3; run++)
        {
            CountedExp.Runs = 0;
            Tensor x = Tensor.From<double>(run, -run, 0.5);
            Near.Assert(Values(2 * (2 * x).Exp() + x.Exp()), Values(graph.Evaluate(x)[0]), 1e-12, "2 e²ˣ + eˣ");
            Assert.Equal(1, CountedExp.Runs);
        }
    }

    [Fact]
    public void AChangedLeafGivesTheNewResult()
    {
        Tensor a = Tensor.Scalar(2.0), b = Tensor.Scalar(1.0);
        Graph graph = Graph.Trace(_ => (a + b) * (b + 1), Double());
        Assert.Equal(6, graph.Evaluate(Tensor.Scalar(0.0))[0].Item());
        b.Fill(3);
        Assert.Equal(20, graph.Evaluate(Tensor.Scalar(0.0))[0].Item());
    }

    [Fact]
    public void HigherDerivativesAreNodesOfTheSameGraph()
    {
        Graph graph = Graph.Trace(
            arguments =>
            {
                Tensor x = arguments[0].Track(), y = x.Tanh();
                Tensor first = Gradient.Of(y.Sum(), x, createGraph: true), second = Gradient.Of(first.Sum(), x, createGraph: true);
                return [y, first, second, Gradient.Of(second.Sum(), x)];
            },
            Double(5));
        Assert.Contains(graph.Nodes, node => graph.GradientOf(node) is { } forward && graph.GradientOf(forward) is not null);
        foreach (double at in (double[])[-1.5, 0, 0.7])
        {
            Tensor x = Tensor.From(at, at + 0.1, at + 0.2, at + 0.3, at + 0.4), y = x.Tanh(), slope = 1 - y.Square();
            Tensor[] found = graph.Evaluate(x);
            Assert.Equal(Values(y), Values(found[0]));
            Near.Assert(Values(slope), Values(found[1]), 1e-12, "1 - y²");
            Near.Assert(Values(-2 * y * slope), Values(found[2]), 1e-12, "-2 y (1 - y²)");
            Near.Assert(Values(slope * (6 * y.Square() - 2)), Values(found[3]), 1e-12, "(1 - y²)(6 y² - 2)");
        }
    }

    [Fact]
    public void AHessianOfSeveralLeavesIsEvaluatedForMany()
    {
        // f = a² b + sin(a b) of scalars: its second derivatives by hand.
        Graph graph = Graph.Trace(
            arguments =>
            {
                Tensor a = arguments[0].Track(), b = arguments[1].Track();
                Tensor[] slopes = Gradient.Of(a * a * b + (a * b).Sin(), [a, b], createGraph: true);
                return [.. slopes, .. Gradient.Of(slopes[0], [a, b], retainGraph: true), Gradient.Of(slopes[1], b)];
            },
            Double(), Double());
        foreach ((double a, double b) in new[] { (1.0, 2.0), (-0.5, 0.25), (0.0, 3.0) })
        {
            double[] found = [.. graph.Evaluate(Tensor.Scalar(a), Tensor.Scalar(b)).Select(value => value.Item())];
            (double sin, double cos) = Math.SinCos(a * b);
            Near.Assert(
                [2 * a * b + b * cos, a * a + a * cos, 2 * b - b * b * sin, 2 * a + cos - a * b * sin, -a * a * sin], found, 1e-12,
                $"at {a}, {b}");
        }
    }

    [Fact]
    public void TheGraphShowsOperandsOperatorsAndTheirGradients()
    {
        Graph graph = Graph.Trace(x =>
        {
            x.Track();
            return Gradient.Of((s_w1.MatMul(x) * 2).Sum(), x);
        }, Double(3, 1));
        string text = graph.ToText(), dot = graph.ToDot();
        Assert.StartsWith(
            "argument x float64[3, 1]\n%0 float64[2, 1] = MatMul(outside0:float64[2, 3], x)\n", text, StringComparison.Ordinal);
        Assert.Contains("gradient of %0 MatMul", text, StringComparison.Ordinal);
        Assert.StartsWith("digraph", dot, StringComparison.Ordinal);
        Assert.Contains("MatMul", dot, StringComparison.Ordinal);
    }

    /// <summary>eˣ as an op that cannot be joined with others.</summary>
    private readonly record struct CountedExp : IOp
    {
        public static int Runs { get; set; }

        public void Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = inputs[0];

        public Kernel Bind(ref OpCall call)
        {
            Kernel exp = ((IOp)new Hebb.Ops.Exp()).Bind(ref call);
            return (in v) =>
            {
                Runs++;
                exp(v);
            };
        }

        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0) * flow.Output(0));
    }
}
