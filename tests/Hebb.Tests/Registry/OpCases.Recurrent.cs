using Hebb.Ops;
namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Recurrent =>
    [
        .. Recurrences("tanh", form => new SimpleRecurrence(RecurrentActivation.Tanh, form)),
        .. Recurrences("relu", form => new SimpleRecurrence(RecurrentActivation.Relu, form)),
        .. Recurrences("sigmoid", form => new SimpleRecurrence(RecurrentActivation.Sigmoid, form)),
        .. Recurrences("o tanh c", form => new LstmRecurrence(LstmOutput.GatedTanh, form)),
        .. Recurrences("tanh(o c)", form => new LstmRecurrence(LstmOutput.TanhOfGated, form)),
        .. Recurrences("o σ(c)", form => new LstmRecurrence(LstmOutput.GatedSigmoid, form)),
        .. Recurrences("gru", form => new GruRecurrence(form)),
    ];

    private static IEnumerable<OpCase> Recurrences(string note, Func<RecurrentForm, IRecurrentOp> make) =>
    [
        Recurrence(note, make(new(1, HasBias: false, HasStates: false, HasLengths: false, Keeps: true)), [2, 3], 2),
        Recurrence(note, make(new(2, HasBias: true, HasStates: true, HasLengths: true, Keeps: true)), [3, 3], 2, 2, 3, 1),
        Recurrence(note, make(new(1, HasBias: true, HasStates: true, HasLengths: false, Keeps: true)), [1, 1], 1),
        Recurrence(note, make(new(2, HasBias: false, HasStates: false, HasLengths: true, Keeps: true)), [2, 2], 3, 0, 2),
        Recurrence(note, make(new(1, HasBias: true, HasStates: true, HasLengths: false, Keeps: true)), [0, 2], 2),
        Recurrence(note, make(new(1, HasBias: false, HasStates: true, HasLengths: false, Keeps: true)), [2, 0], 2),
        Recurrence(note, make(new(2, HasBias: true, HasStates: true, HasLengths: true, Keeps: true)), [3, 3], 2, 2, 3, 1) with
        {
            Op = nameof(RecurrentGrad),
            IsOfGradient = true,
        },
    ];

    /// <summary>All outputs and last states of a recurrence side by side, as a function of its operands.</summary>
    private static OpCase Recurrence(string note, IRecurrentOp op, Shape places, int units, params double[] lengths)
    {
        if (op is not GruRecurrence && op.Form.HasBias) return Recurrence(note, Without(op), places, units, lengths);
        (int directions, int rows) = (op.Form.Directions, places[0]);
        Shape drives = [rows, places[1], directions * op.Gates * units], state = [directions, rows, units];
        double[] kinks = op is SimpleRecurrence { Activation: RecurrentActivation.Relu } ? [0] : [];
        // A rectified unit is kept away from its kink by products that are small beside the drives.
        double weight = kinks.Length > 0 ? 0.03 : 0.9;
        List<Input> inputs =
            [Input.Between(-1.5, 1.5, drives, kinks), Input.Between(-weight, weight, [directions, op.Gates * units, units])];
        if (op.Form.HasBias) inputs.Add(Input.Between(-1, 1, [directions, units]));
        if (op.Form.HasStates) inputs.Add(Input.Between(-0.5, 0.5, state));
        if (op.Form.HasStates && op.HasCell) inputs.Add(Input.Between(-1, 1, state));
        if (op.Form.HasLengths) inputs.Add(Input.Whole([rows], lengths));
        return new OpCase(op.GetType().Name, x => All(x[0].ApplyAll(op, x[1..])), [.. inputs]) { Note = $"{note}, {op.Form}" };

        Tensor All(Tensor[] results)
        {
            IEnumerable<Tensor> shown = results[..(op.HasCell ? 3 : 2)].Select(result => result.Reshape(result.Count));
            return Tensor.Concat([.. shown]);
        }

        static IRecurrentOp Without(IRecurrentOp op) => op switch
        {
            SimpleRecurrence simple => simple with { Form = simple.Form with { HasBias = false } },
            LstmRecurrence lstm => lstm with { Form = lstm.Form with { HasBias = false } },
            _ => op,
        };
    }
}
