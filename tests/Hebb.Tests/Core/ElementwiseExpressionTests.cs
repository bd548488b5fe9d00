using Hebb.Kernels;
using Hebb.Ops;

namespace Hebb.Tests.Core;

public class ElementwiseExpressionTests
{
    [Fact]
    public void OpsComposeThemselvesIntoOneLoop()
    {
        Tensor a = Tensor.Uniform([3, 5], new Rng(1), -1, 1), b = Tensor.Uniform([5], new Rng(2), -1, 1), y = Tensor.Zeros([3, 5]);
        ElementwiseExpression first = ElementwiseExpression.Operand(0), second = ElementwiseExpression.Operand(1);
        IElementwise mul = new Mul(), tanh = new Tanh(), sub = new Sub();
        ElementwiseExpression tree = sub.Over([tanh.Over([mul.Over([first, second])!])!, second])!;
        Run(tree.Bind, [a, b], [y]);
        Assert.Equal(((a * b).Tanh() - b).ToArray<float>(), y.ToArray<float>());
    }

    [Fact]
    public void ALaneOfOnesOwnIsComposedByItsType()
    {
        Tensor x = Tensor.From<double>(1, 2, 3), y = Tensor.Zeros([3], DType.Float64);
        Run(ElementwiseExpression.Operand(0).Then(new Twice()).With(new Mul(), ElementwiseExpression.Operand(0)).Bind, [x], [y]);
        Assert.Equal([2.0, 8, 18], y.ToArray<double>());
    }

    [Fact]
    public void ALoopHasSevenInputsAtMost()
    {
        Assert.NotNull(ElementwiseExpression.Operand(6));
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => ElementwiseExpression.Operand(7));
        Assert.Contains("7 inputs at most", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnActivatedOpEndsWithTheFunction()
    {
        Tensor x = Tensor.Uniform([3, 4], new Rng(1), -1, 1), w = Tensor.Uniform([5, 4], new Rng(2), -1, 1),
            b = Tensor.Uniform([5], new Rng(3), -1, 1);
        Tensor y = Tensor.Zeros([3, 5]), plain = Tensor.Zeros([3, 5]);
        IActivated linear = new Hebb.Ops.Linear();
        Run((ref call) => ElementwiseExpression.Operand(0).Then(new Sigmoid()).Bind(linear, false, ref call), [x, w, b], [y]);
        Run(linear.Bind, [x, w, b], [plain]);
        Assert.Equal(x.Linear(w, b).Sigmoid().ToArray<float>(), y.ToArray<float>());
        Assert.Equal(x.Linear(w, b).ToArray<float>(), plain.ToArray<float>());
    }

    private delegate Kernel Binder(ref OpCall call);

    private static void Run(Binder bind, Tensor[] inputs, Tensor[] outputs)
    {
        OpCall call = new([.. inputs.Select(input => input.Spec)], [.. outputs.Select(output => output.Spec)]);
        Engine.Call(bind(ref call), new OpValues(inputs, outputs, []));
    }

    private readonly struct Twice : IUnaryLane
    {
        public V Lane<V>(V x) where V : struct, ILane<V> => x + x;
    }
}
