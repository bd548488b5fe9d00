using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// The gradients of <see cref="BatchNormalize"/>: operands dy, x, γ, μ and 1 / √(σ² + ε); results dx = γ / √(σ² + ε) (dy - dβ / n - x̂ dγ /
/// n), dγ = Σ dy x̂ and dβ = Σ dy, with x̂ = (x - μ) / √(σ² + ε) and n numbers a channel. μ and σ count as functions of x.
/// </summary>
public readonly record struct BatchNormalizeGrad(double Epsilon) : IFloatOp
{
    int IOp.OutputCount => 3;

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
            grid, v.Input<T>(1), v.Input<T>(0), v.Input<T>(2), v.Input<T>(3), v.Input<T>(4), v.Output<T>(0), v.Output<T>(1),
                v.Output<T>(2));
    }

    /// <summary>Differentiates the same formulas written in simple ops.</summary>
    public void Grad(GradientFlow flow)
    {
        Tensor dy = flow.Input(0), x = flow.Input(1), gamma = flow.Input(2);
        Shape channels = Channels.Broadcast(x.Shape);
        int n = x.Count / x.Shape[1];
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
}
