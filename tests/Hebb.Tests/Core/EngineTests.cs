namespace Hebb.Tests.Core;

public class EngineTests
{
    private const int Size = 16 * 1024;

    /// <summary>
    /// Nobody but the engine holds the operands, the copy of the strided one and the working memory. Under <c>HEBB_POISON=1</c> memory that
    /// nobody holds returns at the next loan and is overwritten, and a kernel that takes such memory is refused, so this fails once the
    /// engine does not hold what a kernel uses.
    /// </summary>
    [Fact]
    public void AKernelKeepsItsMemoryWhileOthersBorrow()
    {
        for (int i = 0; i < 4; i++)
        {
            Tensor y = Fresh(i).Apply(new Slow(), Fresh(1));
            Assert.All(y.ToArray<float>(), value => Assert.Equal(2 * i + 1, value));
        }
    }

    [Fact]
    public void AKernelOfAPlanKeepsItsMemoryWhileOthersBorrow()
    {
        TensorSpec spec = new(DType.Float32, [2, Size / 2]);
        Graph graph = Graph.Trace(x => [x[0].T.Apply(new Slow(), x[1].T) + 1], spec, spec);
        for (int i = 0; i < 4; i++)
        {
            Tensor[] results = graph.Evaluate(Tensor.Full(spec.Shape, i), Tensor.Full(spec.Shape, 1));
            Assert.All(results[0].ToArray<float>(), value => Assert.Equal(2 * i + 2, value));
        }
    }

    private static Tensor Fresh(double value) => Tensor.Full([2, Size / 2], value).T;

    /// <summary>y = 2 a + b by way of working memory; before it reads a second time, it has others borrow memory.</summary>
    private readonly record struct Slow : IFloatOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
            outputs[0] = new TensorSpec(inputs[0].DType, inputs[0].Shape);

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            call.RowMajor(0);
            call.RowMajor(1);
            int working = call.Working(call.Output(0));
            return (in v) =>
            {
                ReadOnlySpan<float> a = v.Input<float>(0), b = v.Input<float>(1);
                Span<float> doubled = v.Working<float>(working), y = v.Output<float>(0);
                for (int i = 0; i < a.Length; i++) doubled[i] = 2 * a[i];
                for (int i = 0; i < 8; i++) _ = Tensor.Full([Size], -1);
                for (int i = 0; i < y.Length; i++) y[i] = doubled[i] + b[i];
            };
        }

        public void Grad(GradientFlow flow) { }
    }
}
