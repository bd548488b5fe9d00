using Hebb.Ops;
namespace Hebb.Tests.Autograd;

public class BackwardTests
{
    private sealed class Counter : IRecorder
    {
        public int Count { get; private set; }

        public void Ran(IOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) => Count++;
    }

    [Fact]
    public void PowersHaveTheirSlopesAtTheEdges()
    {
        Tensor x = Tensor.From<double>(-2, 0, 3, double.PositiveInfinity).Track();
        Tensor y = x.Pow(0);
        Assert.Equal([1, 1, 1, 1], y.Detach().ToArray<double>());
        Assert.Equal([0, 0, 0, 0], Gradient.Of(y.Sum(), x).ToArray<double>());
        Tensor a = Tensor.From<double>(0, 0, 0, 2).Track(), b = Tensor.From<double>(-1, 0, 2, -1).Track();
        Tensor[] slopes = Gradient.Of(a.Pow(b).Sum(), [a, b]);
        Assert.Equal([double.NegativeInfinity, 0, 0, -0.25], slopes[0].ToArray<double>());
        Assert.Equal([double.NegativeInfinity, 0, 0, Math.Log(2) / 2], slopes[1].ToArray<double>());
    }

    [Fact]
    public void DoublingThirtyTimesVisitsEachNodeOnce()
    {
        Tensor x = Tensor.Scalar(1.0).Track();
        Tensor y = x;
        for (int i = 0; i < 30; i++) y += y;
        Counter counter = new();
        using (new Recording(counter)) y.Backward();
        Assert.Equal(1073741824.0, x.Grad!.Item());
        Assert.InRange(counter.Count, 30, 60);
    }

    [Fact]
    public void GradientsAddUpUntilCleared()
    {
        Tensor x = Tensor.From<double>(1, 2).Track();
        Tensor y = (x * x).SumTo([]);
        y.Backward(retainGraph: true);
        y.Backward();
        Assert.Equal([4.0, 8], x.Grad!.ToArray<double>());
        x.ZeroGrad();
        Assert.Null(x.Grad);
    }

    [Fact]
    public void ASecondPassThroughAReleasedGraphNamesRetainGraph()
    {
        Tensor x = Tensor.Scalar(3.0).Track();
        Tensor y = x * x;
        y.Backward();
        Assert.Contains("retainGraph", Assert.Throws<InvalidOperationException>(() => y.Backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SeedsMustFit()
    {
        Tensor x = Tensor.From<double>(1, 2).Track();
        Assert.Contains("seed", Assert.Throws<InvalidOperationException>(() => (x * 2).Backward()).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => (x * 2).Backward(Tensor.Ones([3], DType.Float64)));
        Assert.Throws<InvalidOperationException>(() => x.Detach().Backward());
    }

    [Fact]
    public void NoGradMakesConstantsAndNests()
    {
        Tensor x = Tensor.Scalar(2.0).Track();
        Tensor inner;
        using (new NoGrad())
        {
            using (new NoGrad()) inner = x * x;
            Assert.Null((x * x).Creator);
        }
        Assert.False(inner.RequiresGrad);
        (x * x + inner).Backward();
        Assert.Equal(4.0, x.Grad!.Item());
    }

    [Fact]
    public void ResultsRememberTheirCreatorAndItsArguments()
    {
        Tensor a = Tensor.Scalar(2.0).Track(), b = Tensor.Scalar(5.0);
        Tensor y = a * b;
        Assert.Equal(new Mul(), y.Creator!.Op);
        Assert.Same(a, y.Creator.Inputs[0]);
        Assert.Same(b, y.Creator.Inputs[1]);
        Assert.Throws<InvalidOperationException>(() => y.RequiresGrad = false);
        Assert.Throws<InvalidOperationException>(() => Tensor.Zeros([1], DType.Int64).RequiresGrad = true);
    }

    [Fact]
    public void AValueChangedInPlaceIsNamed()
    {
        Tensor w = Tensor.Scalar(2.0).Track(), x = Tensor.Scalar(3.0).Track();
        Tensor y = w * x;
        using (new NoGrad()) w.Fill(7);
        string message = Assert.Throws<InvalidOperationException>(() => y.Backward()).Message;
        Assert.Contains("Mul", message, StringComparison.Ordinal);
        Assert.Contains("changed in place", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AChangeThatNoGradientReadsIsHarmless()
    {
        Tensor w = Tensor.Scalar(2.0).Track();
        Tensor y = w + 1;
        using (new NoGrad()) w.Fill(7);
        y.Backward();
        Assert.Equal(1.0, w.Grad!.Item());
    }

    [Fact]
    public void BroadcastOperandsGetSums()
    {
        Tensor x = Tensor.Ones([2, 3], DType.Float64).Track(), b = Tensor.From<double>(1, 2, 3).Track(),
            c = Tensor.From<double>([4, 5], [2, 1]).Track();
        (x * b + c).SumTo([]).Backward();
        Assert.Equal([2.0, 2, 2], b.Grad!.ToArray<double>());
        Assert.Equal([3.0, 3], c.Grad!.ToArray<double>());
        Assert.Equal([2, 1], c.Grad!.Shape);
    }

    [Fact]
    public void SecondDerivatives()
    {
        Tensor x = Tensor.From<double>(1, 2, 3).Track();
        Tensor y = (x * x * x).SumTo([]);
        Tensor first = Gradient.Of(y, x, createGraph: true);
        Assert.Equal([3.0, 12, 27], first.Detach().ToArray<double>());
        Tensor second = Gradient.Of(first.SumTo([]), x);
        Assert.Equal([6.0, 12, 18], second.ToArray<double>());
        Assert.Null(x.Grad);
    }

    [Fact]
    public void GradientWithRespectToAResult()
    {
        Tensor x = Tensor.Scalar(3.0).Track();
        Tensor h = x * x;
        Tensor y = h * h;
        Assert.Equal(18.0, Gradient.Of(y, h).Item());
    }

    [Fact]
    public void HooksSeeAndReplaceGradients()
    {
        Tensor x = Tensor.Scalar(3.0).Track();
        Tensor h = x * 2;
        List<double> seen = [];
        using (h.OnGradient(gradient => { seen.Add(gradient.Item()); return gradient * 10; })) (h * 5).Backward(retainGraph: true);
        Assert.Equal([5.0], seen);
        Assert.Equal(100.0, x.Grad!.Item());
        x.ZeroGrad();
        (h * 5).Backward();
        Assert.Equal(10.0, x.Grad!.Item());
    }

    [Fact]
    public void RetainedGradientsOfResults()
    {
        Tensor x = Tensor.Scalar(3.0).Track();
        Tensor h = (x * x).RetainGrad();
        (h * 2).Backward();
        Assert.Equal(2.0, h.Grad!.Item());
    }

    [Fact]
    public void LeafGradientsShareNothing()
    {
        Tensor a = Tensor.Ones([3], DType.Float64).Track(), b = Tensor.Ones([3], DType.Float64).Track();
        (a + b).SumTo([]).Backward();
        a.Grad!.Fill(9);
        Assert.Equal([1.0, 1, 1], b.Grad!.ToArray<double>());
    }

    [Fact]
    public void TheFinderNamesTheOpThatFirstMadeANaN()
    {
        Tensor x = Tensor.From<double>(1, 0).Track();
        using (new NaNFinder())
        {
            string message = "";
            try { _ = (x / Tensor.From<double>(1, 0)) * 2; }
            catch (NonFiniteException error) { message = error.Message; }
            Assert.StartsWith("Div(", message, StringComparison.Ordinal);
            Assert.Contains("made NaN at [1] of float64[2]", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheFinderLooksIntoTheBackwardPass()
    {
        Tensor x = Tensor.From<double>(0).Track();
        Tensor y = (x * 0 / x.Detach().Apply(new AddScalar(1))).SumTo([]);
        Tensor seed = Tensor.Scalar(double.NaN);
        using (new NaNFinder())
        {
            string message = "";
            try { y.Backward(seed); }
            catch (NonFiniteException error) { message = error.Message; }
            Assert.Contains("in the gradient of", message, StringComparison.Ordinal);
        }
    }
}
