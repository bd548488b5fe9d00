using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>What recurrences of every cell share.</summary>
internal static class RecurrentPass
{
    /// <summary>How the kernels see drives and weights.</summary>
    public static RecurrentShape Shape(IRecurrentOp op, in TensorSpec drives, in TensorSpec weights) =>
        new(drives.Shape[0], drives.Shape[1], weights.Shape[0], weights.Shape[2], op.Gates);

    /// <summary>The pass forward.</summary>
    public sealed class Forward<T>(IRecurrentOp op, RecurrentShape shape) : ICellKernel<T> where T : unmanaged
    {
        private readonly RecurrentOperands _at = op.Form.Operands(op.HasCell);
        private readonly bool _keeps = op.Form.Keeps;

        public Kernel Of<TCell>() where TCell : struct, IRecurrentCell<T> => Run<TCell>;

        private void Run<TCell>(in OpValues values) where TCell : struct, IRecurrentCell<T> => Recurrence.Forward<T, TCell>(
            shape, values.Input<T>(0), values.Input<T>(1), Optional<T>(values, _at.Bias), Optional<T>(values, _at.FirstH),
            Optional<T>(values, _at.FirstC), Optional<long>(values, _at.Lengths), values.Output<T>(0), values.Output<T>(1),
            TCell.HasCell ? values.Output<T>(2) : default, _keeps ? values.Output<T>(TCell.HasCell ? 3 : 2) : default);
    }

    /// <summary>Operand i, or nothing where there is none.</summary>
    public static ReadOnlySpan<T> Optional<T>(in OpValues values, int i) where T : unmanaged => i < 0 ? default : values.Input<T>(i);

    /// <summary>The gradients of a recurrence's operands.</summary>
    public static void Grad(IRecurrentOp op, GradientFlow flow)
    {
        RecurrentForm form = op.Form;
        RecurrentOperands at = form.Operands(op.HasCell);
        int last = op.HasCell ? 3 : 2;
        if (!form.Keeps || flow.HasUpstream(last))
        {
            throw new InvalidOperationException(
                $"A gradient reached what {op.Name} keeps for its own gradient; use its outputs and last states instead.");
        }
        List<Tensor> operands = [.. Enumerable.Range(0, at.Count).Select(flow.Input), flow.Output(0), flow.Output(last)];
        operands.AddRange(Enumerable.Range(0, last).Select(flow.Upstream));
        RecurrentGrad gradient = new(op);
        Tensor[] found = operands[0].ApplyAll(gradient, [.. operands[1..]]);
        Tensor dz = found[0], dp = op.HasOwnProducts ? found[gradient.Products] : dz, before = found[gradient.Before];
        flow.Give(0, dz);
        if (flow.Needs(1)) flow.Give(1, Weights(dp, before, flow.InputSpec(1).Shape));
        if (at.Bias >= 0 && flow.Needs(at.Bias)) flow.Give(at.Bias, Bias(dp, flow.InputSpec(1).Shape));
        if (at.FirstH >= 0) flow.Give(at.FirstH, found[gradient.FirstH]);
        if (at.FirstC >= 0) flow.Give(at.FirstC, found[gradient.FirstC]);
    }

    /// <summary>dW = Σ dp ⊗ h over all places, direction by direction: dp [N, T, D·G·H], h [N, T, D·H], W [D, G·H, H].</summary>
    public static Tensor Weights(Tensor dp, Tensor before, in Shape weights)
    {
        int places = dp.Shape[0] * dp.Shape[1], directions = weights[0], drives = weights[1], units = weights[2];
        Tensor rows = dp.Reshape(places, directions * drives), states = before.Reshape(places, directions * units);
        Tensor[] each = new Tensor[directions];
        for (int d = 0; d < directions; d++)
            each[d] = rows.Narrow(1, d * drives, drives).T.MatMul(states.Narrow(1, d * units, units)).Reshape(1, drives, units);
        return directions == 1 ? each[0] : Tensor.Concat(each);
    }

    /// <summary>db = Σ dp of the last gate over all places.</summary>
    public static Tensor Bias(Tensor dp, in Shape weights)
    {
        int units = weights[2], gates = weights[1] / units;
        Tensor each = dp.Reshape(dp.Shape[0] * dp.Shape[1], weights[0], gates, units);
        return each.Narrow(2, gates - 1, 1).SumTo([1, weights[0], 1, units]).Reshape(weights[0], units);
    }
}
