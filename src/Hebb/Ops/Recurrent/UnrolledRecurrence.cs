namespace Hebb.Ops;

/// <summary>
/// A recurrence written step by step in simple ops, with its unrolled graph: slow, and differentiable as often as one likes. Where a
/// sequence has ended its states stay as they are, and its outputs are 0.
/// </summary>
internal sealed class UnrolledRecurrence
{
    /// <param name="op">The recurrence.</param>
    /// <param name="operands">Its operands.</param>
    public UnrolledRecurrence(IRecurrentOp op, IReadOnlyList<Tensor> operands)
    {
        Tensor z = operands[0], weights = operands[1];
        RecurrentOperands at = op.Form.Operands(op.HasCell);
        int rows = z.Shape[0], steps = z.Shape[1], units = weights.Shape[2], drives = op.Gates * units;
        Tensor lengths = at.Lengths >= 0 ? operands[at.Lengths] : Tensor.Full([rows], steps, DType.Int64);
        Tensor mask = lengths.LengthMask(steps);
        Offsets = Tensor.Zeros(z.Shape, z.DType).Track();
        List<Tensor> outputs = [], before = [], lastH = [], lastC = [];
        for (int d = 0; d < op.Form.Directions; d++)
        {
            bool isReverse = d == 1;
            Tensor Turn(Tensor sequences) => isReverse ? sequences.ReverseSteps(lengths) : sequences;
            Tensor drive = Turn(z.Narrow(2, d * drives, drives)), offset = Turn(Offsets.Narrow(2, d * drives, drives));
            Tensor matrix = weights.Narrow(0, d, 1).Reshape(drives, units);
            Tensor State(int i) => i < 0 ? Tensor.Zeros([rows, units], z.DType) : operands[i].Narrow(0, d, 1).Reshape(rows, units);
            Tensor h = State(at.FirstH);
            Tensor? c = op.HasCell ? State(at.FirstC) : null, bias = null;
            if (at.Bias >= 0)
            {
                bias = Tensor.Concat([
                    Tensor.Zeros([drives - units], z.DType), operands[at.Bias].Narrow(0, d, 1).Reshape(units)]);
            }
            List<Tensor> y = [], old = [];
            for (int t = 0; t < steps; t++)
            {
                Tensor runs = mask.Narrow(1, t, 1), none = Tensor.Zeros([rows, units], z.DType);
                Tensor product = h.Linear(matrix, bias) + offset.Narrow(1, t, 1).Reshape(rows, drives);
                (Tensor newH, Tensor? newC) = op.Step(drive.Narrow(1, t, 1).Reshape(rows, drives), product, h, c);
                y.Add(Tensor.Where(runs, newH, none).Reshape(rows, 1, units));
                old.Add(Tensor.Where(runs, h, none).Reshape(rows, 1, units));
                h = Tensor.Where(runs, newH, h);
                if (c is not null) c = Tensor.Where(runs, newC!, c);
            }
            Tensor Join(List<Tensor> parts) =>
                parts.Count == 0 ? Tensor.Zeros([rows, 0, units], z.DType) : Turn(Tensor.Concat([.. parts], 1));
            outputs.Add(Join(y));
            before.Add(Join(old));
            lastH.Add(h.Reshape(1, rows, units));
            if (c is not null) lastC.Add(c.Reshape(1, rows, units));
        }
        Outputs = Tensor.Concat([.. outputs], 2);
        Before = Tensor.Concat([.. before], 2);
        LastH = Tensor.Concat([.. lastH]);
        LastC = op.HasCell ? Tensor.Concat([.. lastC]) : null;
    }

    /// <summary>y [N, T, D·H].</summary>
    public Tensor Outputs { get; }

    /// <summary>h before each step [N, T, D·H].</summary>
    public Tensor Before { get; }

    /// <summary>h [D, N, H] after the last step of each sequence.</summary>
    public Tensor LastH { get; }

    /// <summary>c [D, N, H], of a cell that has one.</summary>
    public Tensor? LastC { get; }

    /// <summary>Zeros that were added to the products, whose gradient is that of the products.</summary>
    public Tensor Offsets { get; }
}
