using System.Numerics;
using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// A recurrence over whole sequences. Operands: drives z [N, T, D·G·H], the products of the inputs with their weights and the bias, gate
/// by gate within a direction; recurrent weights W [D, G·H, H]; then, where the form says so, a bias of the last gate's product
/// [D, H], the first states h and c [D, N, H], and lengths int64 [N]. Results: y [N, T, D·H], the last states h and, where there is one,
/// c [D, N, H]; and what the gradient reads.
/// </summary>
internal interface IRecurrentOp : IFloatOp
{
    /// <summary>What it is given.</summary>
    RecurrentForm Form { get; }

    /// <summary>G, drives of each unit.</summary>
    int Gates { get; }

    /// <summary>Numbers that the gradient reads, of each unit and step.</summary>
    int Kept { get; }

    /// <summary>Whether there is a state c.</summary>
    bool HasCell => false;

    /// <summary>Whether gradients of products differ from those of drives.</summary>
    bool HasOwnProducts => false;

    /// <summary>The kernel of the op's cell.</summary>
    Kernel For<T>(ICellKernel<T> maker) where T : unmanaged;

    /// <summary>
    /// One step in tensor ops, from drives and products [N, G·H] and the states [N, H] before: what second derivatives are derivatives of.
    /// </summary>
    (Tensor H, Tensor? C) Step(Tensor z, Tensor p, Tensor h, Tensor? c);

    int IOp.OutputCount => 2 + (HasCell ? 1 : 0) + (Form.Keeps ? 1 : 0);

    (int Least, int Most) IOp.Operands => (Form.Operands(HasCell).Count, Form.Operands(HasCell).Count);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        TensorSpec z = inputs[0], w = inputs[1];
        int directions = Form.Directions;
        if (z.Shape.Rank != 3 || w.Shape.Rank != 3 || !z.DType.IsFloat || w.DType != z.DType || w.Shape[0] != directions
            || w.Shape[1] != Gates * (long)w.Shape[2] || w.Shape[2] == 0 || z.Shape[2] != w.Shape[0] * (long)w.Shape[1])
        {
            throw new ShapeException(
                $"{Name} got drives {z} and recurrent weights {w}; weights are [{directions}, {Gates}·H, H] and drives "
                + $"[N, T, {directions}·{Gates}·H] of the same floating-point type.");
        }
        int rows = z.Shape[0], units = w.Shape[2];
        RecurrentOperands operands = Form.Operands(HasCell);
        Require(inputs, operands.Bias, "the bias", new(z.DType, [directions, units]));
        Require(inputs, operands.FirstH, "the first state h", new(z.DType, [directions, rows, units]));
        Require(inputs, operands.FirstC, "the first state c", new(z.DType, [directions, rows, units]));
        Require(inputs, operands.Lengths, "lengths", new(DType.Int64, [rows]));
        outputs[0] = new(z.DType, [rows, z.Shape[1], directions * units]);
        outputs[1] = new(z.DType, [directions, rows, units]);
        if (HasCell) outputs[2] = outputs[1];
        if (Form.Keeps) outputs[^1] = new(z.DType, [KeptCount(RecurrentPass.Shape(this, z, w), z.DType)]);
    }

    Kernel IFloatKernel.Bind<T>(ref OpCall call)
    {
        for (int i = 0; i < call.InputCount; i++) call.RowMajor(i);
        return For(new RecurrentPass.Forward<T>(this, RecurrentPass.Shape(this, call.Input(0), call.Input(1))));
    }

    double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) =>
        2.0 * inputs[0].Shape.Count * inputs[1].Shape[2];

    void IOp.Grad(GradientFlow flow) => RecurrentPass.Grad(this, flow);

    private int KeptCount(in RecurrentShape shape, DType dtype)
    {
        long count = dtype == DType.Float32 ? shape.Kept<float>(Kept) : shape.Kept<double>(Kept);
        return count <= int.MaxValue ? (int)count : throw new ShapeException(
            $"{Name} would keep {count} numbers for its gradient and {int.MaxValue} are possible; take fewer or shorter sequences.");
    }

    private void Require(ReadOnlySpan<TensorSpec> inputs, int i, string what, in TensorSpec expected)
    {
        if (i < 0 || (inputs[i].Shape == expected.Shape && inputs[i].DType == expected.DType)) return;
        throw new ShapeException($"{Name} got {inputs[i]} as {what}; it needs {expected}.");
    }
}

/// <summary>Makes a kernel for the cell of an op.</summary>
internal interface ICellKernel<T> where T : unmanaged
{
    /// <summary>The kernel.</summary>
    Kernel Of<TCell>() where TCell : struct, IRecurrentCell<T>;
}
