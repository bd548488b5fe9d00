namespace Hebb.Tests.Core;

public class GradientFlowTests
{
    /// <summary>y = x, whose gradient is whatever a function makes of the flow.</summary>
    private readonly record struct Probe(Action<GradientFlow> Look) : IOp
    {
        public void Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = inputs[0].Fresh(inputs[0].DType);

        public Kernel Bind(ref OpCall call) => Copies.Bind(call.Input(0), call.Output(0));

        public void Grad(GradientFlow flow) => Look(flow);
    }

    private static Tensor Leaf(params double[] values) => Tensor.From(values, [values.Length]).Track();

    [Fact]
    public void AnOpSeesItsOperandsAndWhatIsWanted()
    {
        Tensor x = Leaf(1, 2), constant = Tensor.From<double>(3, 4);
        int looked = 0;
        Tensor y = x.Apply(
            new Probe(flow =>
            {
                looked++;
                Assert.Equal(2, flow.InputCount);
                Assert.True(flow.Needs(0));
                Assert.False(flow.Needs(1));
                Assert.Equal([2], flow.InputSpec(1).Shape);
                Assert.Equal([1.0, 2], flow.Input(0).Detach().ToArray<double>());
                Assert.True(flow.HasUpstream(0));
                flow.Give(1, flow.Upstream(0));
                flow.Give(0, flow.Upstream(0) * 2);
                flow.Give(0, flow.Upstream(0));
            }),
            constant);
        y.Backward(Tensor.From<double>(10, 20));
        Assert.Equal(1, looked);
        Assert.Equal([30.0, 60], x.Grad!.ToArray<double>());
        Assert.Null(constant.Grad);
    }

    [Fact]
    public void AGradientOfAnotherShapeNamesTheOp()
    {
        Tensor x = Leaf(1, 2), y = x.Apply(new Probe(flow => flow.Give(0, Tensor.Zeros([3], DType.Float64))));
        string message = Assert.Throws<InvalidOperationException>(() => y.Backward(Tensor.Ones([2], DType.Float64))).Message;
        Assert.Contains("Probe", message, StringComparison.Ordinal);
    }
}
