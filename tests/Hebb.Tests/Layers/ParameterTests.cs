namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class ParameterTests
{
    [Fact]
    public void TakesOverMemoryAndRequiresAGradient()
    {
        Tensor start = Tensor.Ones([2, 3]);
        Parameter parameter = new(start);
        Assert.Same(start.Storage, parameter.Storage);
        Assert.True(parameter.RequiresGrad);
        Assert.True(parameter.IsDecayed);
        Assert.Null(parameter.Start);
        Assert.True(new Parameter(start.T).IsContiguous);
        Assert.Throws<InvalidOperationException>(() => new Parameter(Tensor.Zeros([2], DType.Int64)));
    }

    [Fact]
    public void AnInitializerDrawsItsStart()
    {
        Parameter parameter = new([3], Initializer.Constant(0.5), DType.Float64);
        Assert.Equal([0.5, 0.5, 0.5], parameter.Detach().ToArray<double>());
        Assert.False(parameter.IsOpen);
        Assert.True(new Parameter([3, 0], Initializer.Default).IsOpen);
    }

    [Fact]
    public void StartValuesAreDrawnWhenTheyAreRead()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Parameter parameter = new([4000, 1000], Initializer.Normal());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Tensor view = parameter.Detach();
        float[] values = view.ToArray<float>();
        Assert.Equal(Tensor.Normal([4000, 1000], new Rng(0, RngStreams.StartValues)).ToArray<float>(), values);
        view.Assign(view * 2);
        Assert.Equal(2 * values[7], parameter.Detach().ToArray<float>()[7]);
    }

    [Fact]
    public void SeveralThreadsMayBeTheFirstToRead()
    {
        for (int round = 0; round < 20; round++)
        {
            Parameter parameter = new([100, 100], Initializer.Uniform());
            float[][] seen = new float[4][];
            Parallel.For(0, 4, i => seen[i] = parameter.Detach().ToArray<float>());
            Assert.All(seen, values => Assert.Equal(seen[0], values));
        }
    }

    [Fact]
    public void TheFirstReadMayHappenInAPlanOrABackwardPass()
    {
        Parameter weight = new([80, 80], Initializer.Uniform()), late = new([80, 80], Initializer.Uniform());
        Tensor product = Graph.Trace(x => x.MatMul(weight), new TensorSpec(DType.Float32, [80, 80])).Evaluate(Tensor.Eye(80))[0];
        Assert.Equal(weight.Detach().ToArray<float>(), product.ToArray<float>());
        Tensor y = (weight * weight).Sum();
        using IDisposable hook = weight.OnGradient(gradient => gradient * late.Detach());
        y.Backward();
        Assert.Equal((weight.Detach() * 2 * late.Detach()).ToArray<float>(), weight.Grad!.ToArray<float>());
        GC.Collect();
        Assert.Equal(new Parameter([80, 80], Initializer.Uniform()).Detach().ToArray<float>(), late.Detach().ToArray<float>());
    }

    [Fact]
    public void MemoryThatWasGivenOutIsTheParameters()
    {
        Parameter parameter = new([100, 100], Initializer.Uniform());
        Span<float> given = parameter.Detach().AsSpan<float>();
        given[5] = 42;
        GC.Collect();
        Assert.Equal(42, parameter.Detach().ToArray<float>()[5]);
    }

    [Fact]
    public void StartValuesThatThereAreNotAreRefusedAtOnce() =>
        Assert.Throws<ShapeException>(() => new Parameter([3], Initializer.HeNormal()));
}
