using Hebb.Layers;

namespace Hebb.Tests.Graphs;

public class GraphTests
{
    private static readonly TensorSpec Four = new(DType.Float64, [4]);

    [Fact]
    public void ValuesThatLiveTogetherAreLaidOutForTheCostOfEach()
    {
        Bytes(10);
        (long few, long many) = (Bytes(250), Bytes(1000));
        Assert.True(many < 8 * few, $"{few} bytes for 250 values, {many} for 1000");

        static long Bytes(int count)
        {
            Graph graph = Graph.Trace(
                x => Tensor.Concat([.. Enumerable.Range(0, count).Select(i => (x * i).Sum([0], keepAxes: true))], 0),
                new TensorSpec(DType.Float32, [4]));
            long before = GC.GetAllocatedBytesForCurrentThread();
            PlanMemory memory = graph.Memory();
            Assert.InRange(memory.LiveBytes, 64L * count, memory.BlockBytes);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void AFunctionIsRecordedWithoutValues()
    {
        Graph graph = Graph.Trace(x => (x * x).Sum(), Four);
        Assert.Equal(["Mul", "Sum"], graph.Nodes.Select(node => node.Op.Name).Take(2));
        Assert.Equal(30, graph.Evaluate(Tensor.From<double>(1, 2, 3, 4))[0].Item());
    }

    [Fact]
    public void ASharedNodeRunsOnce()
    {
        Counted.Runs = 0;
        Graph graph = Graph.Trace(x => { Tensor y = x.Apply(new Counted()); return y * y + y; }, Four);
        Assert.Equal([2.0, 6, 12, 20], graph.Evaluate(Tensor.From<double>(1, 2, 3, 4))[0].ToArray<double>());
        Assert.Equal(1, Counted.Runs);
    }

    [Fact]
    public void FirstAndSecondDerivativesAreNodes()
    {
        Graph graph = Graph.Trace(x =>
        {
            x.Track();
            Tensor slope = Gradient.Of((x * x * x).Sum(), x, createGraph: true);
            return Gradient.Of(slope.Sum(), x);
        }, Four);
        Assert.Equal([6.0, 12, 18, 24], graph.Evaluate(Tensor.From<double>(1, 2, 3, 4))[0].ToArray<double>());
    }

    [Fact]
    public void ABlockLargerThanAnArrayIsRefusedBeforeAnythingIsAllocated()
    {
        Graph graph = Graph.Trace(x => (x.BroadcastTo([500_000_000]) + 1).Sin().Sum(), new TensorSpec(DType.Float64, []));
        Assert.Contains(
            "smaller batches", Assert.Throws<TraceException>(() => graph.Evaluate(Tensor.Scalar(1.0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNotNeededDoesNotRun()
    {
        Counted.Runs = 0;
        Graph graph = Graph.Trace(x => { x.Apply(new Counted()); return x + x; }, Four);
        Assert.Equal([2.0, 4, 6, 8], graph.Evaluate(Tensor.From<double>(1, 2, 3, 4))[0].ToArray<double>());
        Assert.Equal(0, Counted.Runs);
    }

    [Fact]
    public void ViewsOfArgumentsAndOfParametersSeeTheValuesOfTheRun()
    {
        Tensor w = Tensor.From(new double[,] { { 1, 2 }, { 3, 4 } });
        Graph graph = Graph.Trace(x => x[1..3].MatMul(w.T), Four);
        Assert.Equal([8.0, 18], graph.Evaluate(Tensor.From<double>(1, 2, 3, 4))[0].ToArray<double>());
        w.Fill(1);
        Assert.Equal([5.0, 5], graph.Evaluate(Tensor.From<double>(1, 2, 3, 4))[0].ToArray<double>());
    }

    [Fact]
    public void ReadingAValueNamesTheOp()
    {
        TraceException error = Assert.Throws<TraceException>(() => Graph.Trace(x => x.Tanh().Sum().Item() > 0 ? x : -x, Four));
        Assert.Contains("result of Sum", error.Message, StringComparison.Ordinal);
        Assert.Throws<TraceException>(() => Graph.Trace(x => Tensor.From<double>(x.ToArray<double>()), Four));
        Assert.Throws<TraceException>(() => Graph.Trace(x => { _ = x.AsMemory<double>(); return x; }, Four));
    }

    [Fact]
    public void WritingInPlaceIsRefused()
    {
        Tensor outside = Tensor.Zeros([4], DType.Float64);
        Assert.Contains(
            "written in place", Assert.Throws<TraceException>(() => Graph.Trace(x => { outside.Fill(1); return x; }, Four)).Message,
            StringComparison.Ordinal);
        Assert.Throws<TraceException>(() => Graph.Trace(x => { outside.Assign<double>([1, 2, 3, 4]); return x; }, Four));
        Assert.Throws<TraceException>(() => Graph.Trace(x => { Tensor y = x + x; y.Assign(x); return y; }, Four));
    }

    [Fact]
    public void AnAssignmentToATensorFromOutsideIsReplayed()
    {
        Tensor sum = Tensor.Zeros([4], DType.Float64);
        Graph graph = Graph.Trace(x => { sum.Assign(sum + x); return sum * 2; }, Four);
        Assert.Equal([0.0, 0, 0, 0], sum.ToArray<double>());
        Tensor one = Tensor.Ones([4], DType.Float64);
        Assert.Equal([2.0, 2, 2, 2], graph.Evaluate(one)[0].ToArray<double>());
        Assert.Equal([4.0, 4, 4, 4], graph.Evaluate(one)[0].ToArray<double>());
    }

    [Fact]
    public void ArgumentsMustBeAsTraced()
    {
        Graph graph = Graph.Trace(x => x + x, Four);
        Assert.Throws<ShapeException>(() => graph.Evaluate(Tensor.Ones([5], DType.Float64)));
        Assert.Throws<ShapeException>(() => graph.Evaluate());
    }

    [Fact]
    public void AResultMayBeAnArgumentOrATensorFromOutside()
    {
        Tensor outside = Tensor.Ones([2]);
        Graph graph = Graph.Trace(arguments => [arguments[0], outside], Four);
        Tensor[] results = graph.Evaluate(Tensor.From<double>(1, 2, 3, 4));
        Assert.Equal([1.0, 2, 3, 4], results[0].ToArray<double>());
        Assert.Equal([1f, 1], results[1].ToArray<float>());
    }

    private readonly record struct Counted : IOp
    {
        public static int Runs { get; set; }

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = inputs[0];

        Kernel IOp.Bind(ref OpCall call)
        {
            Kernel copy = Copies.Bind(call.Input(0), call.Output(0));
            return (in v) =>
            {
                Runs++;
                copy(v);
            };
        }

        void IOp.Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0));
    }
}
