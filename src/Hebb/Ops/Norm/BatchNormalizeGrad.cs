using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// The gradients of <see cref="BatchNormalize"/>: operands dy, x, γ, μ and 1 / √(σ² + ε); results dx = γ / √(σ² + ε) (dy - dβ / n - x̂ dγ /
/// n), dγ = Σ dy x̂ and dβ = Σ dy, with x̂ = (x - μ) / √(σ² + ε) and n numbers a channel. μ and σ count as functions of x.
/// </summary>
public readonly record struct BatchNormalizeGrad(double Epsilon) : IFloatOp, ILaneFed
{
    int IOp.OutputCount => 3;

    (int Least, int Most) IOp.Operands => (5, 5);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        Channels.Check(nameof(BatchNormalizeGrad), inputs[1], inputs[2], inputs[3]);
        if (inputs[0].Shape != inputs[1].Shape || inputs[0].DType != inputs[1].DType)
            throw new ShapeException(
                $"BatchNormalizeGrad got the gradient {inputs[0]} of a result like {inputs[1]}; give it that shape and type.");
        outputs[0] = new TensorSpec(inputs[1].DType, inputs[1].Shape);
        outputs[1] = outputs[2] = new TensorSpec(inputs[2].DType, inputs[2].Shape);
    }

    void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Channels.Lay(inputs[1]);

    Kernel IFloatKernel.Bind<T>(ref OpCall call)
    {
        TensorSpec dx = call.Output(0);
        call.Laid(0, dx);
        call.Laid(1, dx);
        for (int i = 2; i < call.InputCount; i++) call.RowMajor(i);
        ChannelGrid grid = Channels.Grid(dx);
        return (in v) => BatchNorm.Backward(
            grid, v.Input<T>(1), v.Input<T>(0), v.Input<T>(2), v.Input<T>(3), v.Input<T>(4),
            v.Output<T>(0), v.Output<T>(1), v.Output<T>(2));
    }

    int ILaneFed.Fed => 0;

    int ILaneFed.Room => 2;

    bool ILaneFed.CanTake(in TensorSpec values) => true;

    bool ILaneFed.CanRead(in TensorSpec operand, in TensorSpec values) => operand == values;

    IOp ILaneFed.Over(Func<int, ElementwiseExpression> values, in TensorSpec spec) => new OfExpression(this, values(0));

    /// <summary>Differentiates the same formulas written in simple ops.</summary>
    public void Grad(GradientFlow flow)
    {
        Tensor dy = flow.Input(0), x = flow.Input(1), gamma = flow.Input(2);
        Shape channels = Channels.Broadcast(x.Shape);
        // Nothing is divided where there are no numbers.
        int n = Math.Max(1, x.Count / Math.Max(1, x.Shape[1]));
        using (new NoGrad(off: false))
        {
            Tensor[] leaves = [Leaf(dy), Leaf(x), Leaf(gamma)];
            Tensor mean = leaves[1].SumTo(channels) / n, centred = leaves[1] - mean;
            Tensor inverse = ((centred * centred).SumTo(channels) / n + Epsilon).Sqrt();
            Tensor normal = centred / inverse;
            Tensor dbeta = leaves[0].SumTo(channels), dgamma = (leaves[0] * normal).SumTo(channels);
            Tensor dx = leaves[2].Reshape(channels) / inverse * (leaves[0] - dbeta / n - normal * (dgamma / n));
            Tensor total = (dx * flow.Upstream(0)).SumTo([]) + (dgamma.Reshape(gamma.Shape) * flow.Upstream(1))
                .SumTo([]) + (dbeta.Reshape(gamma.Shape) * flow.Upstream(2)).SumTo([]);
            Tensor[] gradients = Gradient.Of(total, leaves);
            for (int i = 0; i < gradients.Length; i++) flow.Give(i, gradients[i]);
        }

        static Tensor Leaf(Tensor tensor) => tensor.Detach().Track();
    }

    /// <summary>
    /// The same with dy as an expression, which is computed wherever dy is read: operands x, γ, μ and 1 / √(σ² + ε), then those of the
    /// expression.
    /// </summary>
    private sealed record OfExpression(IOp Op, ElementwiseExpression Gradient) : IOp
    {
        public string Name => Op.Name;

        public int OutputCount => Op.OutputCount;

        public void Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
            Op.Infer([inputs[^1], .. inputs[..4]], outputs);

        public void Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => Op.Lay([inputs[^1], .. inputs[..4]], outputs);

        public Kernel Bind(ref OpCall call)
        {
            TensorSpec dx = call.Output(0);
            for (int i = 0; i < call.InputCount; i++)
            {
                if (i is 0 or > 3) call.Laid(i, dx);
                else call.RowMajor(i);
            }
            Binding binding = new(Channels.Grid(dx), call.InputCount - 1, call.FloatType);
            Gradient.Accept(ref binding);
            return binding.Kernel!;
        }

        public void Grad(GradientFlow flow) => throw new InvalidOperationException(
            $"The gradient of a fused {Name} was asked for; differentiate before the graph is planned.");
    }

    private struct Binding(ChannelGrid grid, int second, DType type) : ILaneVisitor
    {
        public Kernel? Kernel { get; private set; }

        public void Visit<E>(E expression) where E : struct, ILaneExpression
        {
            OpCall none = default;
            Kernel = ElementTypes.Float(new OverExpression<E>(expression, grid, second), type, ref none);
        }
    }

    private readonly struct OverExpression<E>(E gradient, ChannelGrid grid, int second) : IFloatKernel where E : struct, ILaneExpression
    {
        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            (E dy, ChannelGrid where, int last) = (gradient, grid, second);
            return (in v) => BatchNorm.Backward(
                where, v.Input<T>(0), dy, v.Input<T>(4), v.Input<T>(last), v.Input<T>(1), v.Input<T>(2), v.Input<T>(3),
                v.Output<T>(0), v.Output<T>(1), v.Output<T>(2));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(BatchNormalizeGrad), PrintMembers);
}
