using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// The gradients of <see cref="LayerNormalize"/> and <see cref="GroupNormalize"/>: operands dy, x, μ, 1 / √(σ² + ε) and, if there are
/// five, γ; results dx = (g - mean(g) - x̂ mean(g x̂)) / √(σ² + ε) with g = γ dy, x̂ = (x - μ) / √(σ² + ε) and means over a row, and
/// with γ also dγ = Σ dy x̂ and dβ = Σ dy. μ and σ count as functions of x.
/// </summary>
internal readonly record struct NormalizeRowsGrad(int Groups, double Epsilon, bool IsScaled) : IFloatOp
{
    int IOp.OutputCount => IsScaled ? 3 : 1;

    (int Least, int Most) IOp.Operands => IsScaled ? (5, 5) : (4, 4);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        if (inputs[0].Shape != inputs[1].Shape || inputs[0].DType != inputs[1].DType)
        {
            throw new ShapeException(
                $"NormalizeRowsGrad got the gradient {inputs[0]} of a result like {inputs[1]}; give it that shape and type.");
        }
        outputs[0] = new TensorSpec(inputs[1].DType, inputs[1].Shape);
        if (IsScaled) outputs[1] = outputs[2] = new TensorSpec(inputs[4].DType, inputs[4].Shape);
    }

    Kernel IFloatKernel.Bind<T>(ref OpCall call)
    {
        for (int i = 0; i < call.InputCount; i++) call.RowMajor(i);
        bool scaled = IsScaled;
        RowGrid grid = NormalizedRows.Grid(
            call.Input(1).Shape.Count, call.Input(2).Shape.Count, Groups, scaled ? call.Input(4).Shape.Count : 0);
        return (in v) => RowNorm.Backward(
            grid, v.Input<T>(1), v.Input<T>(0), scaled ? v.Input<T>(4) : default, v.Input<T>(2), v.Input<T>(3),
            v.Output<T>(0), scaled ? v.Output<T>(1) : default, scaled ? v.Output<T>(2) : default);
    }

    /// <summary>Differentiates the same formulas written in simple ops.</summary>
    public void Grad(GradientFlow flow)
    {
        Tensor[] operands = IsScaled ? [flow.Input(0), flow.Input(1), flow.Input(4)] : [flow.Input(0), flow.Input(1)];
        RowGrid grid = NormalizedRows.Grid(operands[1].Count, flow.InputSpec(2).Shape.Count, Groups, IsScaled ? operands[2].Count : 0);
        Shape whole = [grid.Samples, Groups, grid.Channels, grid.RunLength], row = [grid.Samples, Groups, 1, 1];
        Shape parameters = [1, Groups, grid.Channels, 1];
        int n = grid.RowLength;
        using (new NoGrad(off: false))
        {
            Tensor[] leaves = Array.ConvertAll(operands, operand => operand.Detach().Track());
            Tensor dy = leaves[0].Reshape(whole), x = leaves[1].Reshape(whole), centered = x - x.SumTo(row) / n;
            Tensor root = ((centered * centered).SumTo(row) / n + Epsilon).Sqrt(), normal = centered / root;
            Tensor g = IsScaled ? dy * leaves[2].Reshape(parameters) : dy;
            Tensor dx = (g - g.SumTo(row) / n - normal * ((g * normal).SumTo(row) / n)) / root;
            Tensor total = (dx * flow.Upstream(0).Reshape(whole)).SumTo([]);
            if (IsScaled)
            {
                Tensor dgamma = (dy * normal).SumTo(parameters), dbeta = dy.SumTo(parameters);
                total += (dgamma * flow.Upstream(1).Reshape(parameters) + dbeta * flow.Upstream(2).Reshape(parameters)).SumTo([]);
            }
            Tensor[] gradients = Gradient.Of(total, leaves);
            flow.Give(0, gradients[0]);
            flow.Give(1, gradients[1]);
            if (IsScaled) flow.Give(4, gradients[2]);
        }
    }
}
