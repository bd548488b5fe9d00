namespace Hebb.Tests.Naive;

public class ReferenceBackendTests
{
    [Fact]
    public void EveryOpHasAKernel()
    {
        // What an op makes of fused loops is private to it, and never reaches a back end that does not fuse.
        Type[] ops = [.. typeof(IOp).Assembly.GetTypes().Where(
            type => !type.IsAbstract && type.IsAssignableTo(typeof(IOp)) && !type.IsNestedPrivate)];
        Assert.NotEmpty(ops);
        Assert.Empty(ops.Where(op => !op.IsAssignableTo(typeof(IView)) && !ReferenceBackend.Knows(op))
            .Select(op => $"{op.Name} has no kernel in tests/Hebb.Tests/Naive"));
    }

    [Fact]
    public void AScopeChoosesForItsThreadAndRestores()
    {
        IBackend before = EngineContext.Current.Backend;
        Counter counter = new();
        using (new BackendScope(counter))
        {
            Assert.Equal([3.0, 5], (Tensor.From(1.0, 2) * 2 + 1).ToArray<double>());
            Assert.Equal(2, counter.Ops);
        }
        Assert.Same(before, EngineContext.Current.Backend);
    }

    [Fact]
    public void AssignmentsGoThroughTheBackEnd()
    {
        Tensor to = Tensor.Zeros([2, 2], DType.Float64), row = Tensor.From(1.0, 2);
        Counter counter = new();
        using (new BackendScope(counter)) to.Assign(row);
        Assert.Equal([1.0, 2, 1, 2], to.ToArray<double>());
        Assert.Equal(1, counter.Copies);
    }

    /// <summary>The reference back end, which counts what is asked of it.</summary>
    private sealed class Counter : IBackend
    {
        public int Ops { get; private set; }

        public int Copies { get; private set; }

        public bool FusesLanes => false;

        public void Lay(IOp op, ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) { }

        public Kernel Bind(IOp op, ref OpCall call)
        {
            Ops++;
            return ReferenceBackend.Instance.Bind(op, ref call);
        }

        public Kernel Bind(ElementwiseExpression loop, ref OpCall call) => ReferenceBackend.Instance.Bind(loop, ref call);

        public Kernel Bind(IActivated op, ElementwiseExpression activation, bool hasOther, ref OpCall call) =>
            ReferenceBackend.Instance.Bind(op, activation, hasOther, ref call);

        public Kernel BindCopy(in TensorSpec from, in TensorSpec to) => ReferenceBackend.Instance.BindCopy(from, to);

        public void Copy(Tensor from, Tensor to)
        {
            Copies++;
            ReferenceBackend.Instance.Copy(from, to);
        }
    }
}
