using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// The gradients of a recurrence. Operands: those of the recurrence, its outputs y, what it kept, and the gradients of y and of the last
/// states. Results: the gradient of the drives, that of the products where it differs, the states before each step [N, T, D·H], and the
/// gradients of the first states where those are operands. Drives and kept numbers count as functions of the operands.
/// </summary>
internal readonly record struct RecurrentGrad(IRecurrentOp Op) : IFloatOp
{
    /// <summary>Places of results.</summary>
    public int Products => 1;

    /// <inheritdoc cref="Products"/>
    public int Before => Op.HasOwnProducts ? 2 : 1;

    /// <inheritdoc cref="Products"/>
    public int FirstH => Before + 1;

    /// <inheritdoc cref="Products"/>
    public int FirstC => Before + 2;

    private int Most => Op.Form.Operands(Op.HasCell).Count;

    int IOp.OutputCount => Before + 1 + (Op.Form.HasStates ? Op.HasCell ? 2 : 1 : 0);

    (int Least, int Most) IOp.Operands => (Most + (Op.HasCell ? 5 : 4), Most + (Op.HasCell ? 5 : 4));

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        int of = Most;
        TensorSpec[] results = new TensorSpec[Op.OutputCount];
        Op.Infer(inputs[..of], results);
        int[] operandOf = Op.HasCell ? [0, 3, 0, 1, 2] : [0, 2, 0, 1];
        for (int i = of; i < inputs.Length; i++)
        {
            TensorSpec expected = results[operandOf[i - of]];
            if (inputs[i].Shape == expected.Shape && inputs[i].DType == expected.DType) continue;
            throw new ShapeException($"RecurrentGrad of {Op.Name} got {inputs[i]} as operand {i}; it needs {expected}.");
        }
        outputs[0] = new(inputs[0].DType, inputs[0].Shape);
        if (Op.HasOwnProducts) outputs[Products] = outputs[0];
        outputs[Before] = results[0];
        for (int i = FirstH; i < outputs.Length; i++) outputs[i] = results[1];
    }

    Kernel IFloatKernel.Bind<T>(ref OpCall call)
    {
        for (int i = 1; i < call.InputCount; i++) call.RowMajor(i);
        return Op.For(new Backward<T>(this, RecurrentPass.Shape(Op, call.Input(0), call.Input(1))));
    }

    double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) =>
        2.0 * inputs[0].Shape.Count * inputs[1].Shape[2];

    /// <summary>Differentiates the gradients of the same recurrence, written step by step in simple ops.</summary>
    public void Grad(GradientFlow flow)
    {
        IRecurrentOp op = Op;
        RecurrentOperands at = op.Form.Operands(op.HasCell);
        using (new NoGrad(off: false))
        {
            List<Tensor> leaves = [.. Enumerable.Range(0, at.Count).Select(i => Leaf(flow.Input(i)))];
            int states = op.HasCell ? 3 : 2, gradients = leaves.Count + 2;
            List<Tensor> upstream = [.. Enumerable.Range(gradients, states).Select(i => Leaf(flow.Input(i)))];
            UnrolledRecurrence unrolled = new(op, leaves);
            Tensor loss = (unrolled.Outputs * upstream[0]).SumTo([]) + (unrolled.LastH * upstream[1]).SumTo([]);
            if (unrolled.LastC is { } lastC) loss += (lastC * upstream[2]).SumTo([]);
            List<Tensor> wanted = [leaves[0]];
            if (op.HasOwnProducts) wanted.Add(unrolled.Offsets);
            if (at.FirstH >= 0) wanted.Add(leaves[at.FirstH]);
            if (at.FirstC >= 0) wanted.Add(leaves[at.FirstC]);
            List<Tensor> found = [.. Gradient.Of(loss, wanted, createGraph: true)];
            found.Insert(Before, unrolled.Before);
            Tensor total = Tensor.Scalar(0.0).Cast(loss.DType);
            for (int i = 0; i < found.Count; i++)
                if (flow.HasUpstream(i)) total += (found[i] * flow.Upstream(i)).SumTo([]);
            Tensor[] inputs = [.. leaves.Where(leaf => leaf.DType.IsFloat), .. upstream];
            Tensor[] second = Gradient.Of(total, inputs);
            for (int i = 0; i < inputs.Length; i++)
            {
                int operand = i < inputs.Length - states ? leaves.IndexOf(inputs[i]) : gradients + i - (inputs.Length - states);
                flow.Give(operand, second[i]);
            }
        }

        static Tensor Leaf(Tensor operand) => operand.DType.IsFloat ? operand.Detach().Track() : operand;
    }

    /// <summary>The pass backward.</summary>
    private sealed class Backward<T>(RecurrentGrad gradient, RecurrentShape shape) : ICellKernel<T> where T : unmanaged
    {
        private readonly RecurrentOperands _at = gradient.Op.Form.Operands(gradient.Op.HasCell);

        public Kernel Of<TCell>() where TCell : struct, IRecurrentCell<T> => Run<TCell>;

        private void Run<TCell>(in OpValues values) where TCell : struct, IRecurrentCell<T>
        {
            int more = _at.Count;
            bool hasStates = _at.FirstH >= 0;
            Recurrence.Backward<T, TCell>(
                shape, values.Input<T>(1), RecurrentPass.Optional<T>(values, _at.FirstH),
                RecurrentPass.Optional<long>(values, _at.Lengths), values.Input<T>(more), values.Input<T>(more + 1),
                values.Input<T>(more + 2), values.Input<T>(more + 3), TCell.HasCell ? values.Input<T>(more + 4) : default,
                values.Output<T>(0), TCell.HasOwnProducts ? values.Output<T>(gradient.Products) : default,
                values.Output<T>(gradient.Before), hasStates ? values.Output<T>(gradient.FirstH) : default,
                hasStates && TCell.HasCell ? values.Output<T>(gradient.FirstC) : default);
        }
    }
}
