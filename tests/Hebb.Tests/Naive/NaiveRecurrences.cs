using Hebb.Ops;

namespace Hebb.Tests.Naive;

/// <summary>Recurrences step by step in ops, which the reference back end runs, and their gradients through the unrolled graph.</summary>
internal static class NaiveRecurrences
{
    public static void AddTo(KernelTable table)
    {
        table.Add<SimpleRecurrence>((op, x, y) => Forward(op, x, y));
        table.Add<LstmRecurrence>((op, x, y) => Forward(op, x, y));
        table.Add<GruRecurrence>((op, x, y) => Forward(op, x, y));
        table.Add<RecurrentGrad>(Backward);
    }

    private static void Forward(IRecurrentOp op, Numbers[] x, Numbers[] y)
    {
        using NoGrad _ = new();
        Give(Results(new(op, [.. x.Select(Of)])), y);
    }

    private static void Backward(RecurrentGrad gradient, Numbers[] x, Numbers[] y)
    {
        using NoGrad _ = new(off: false);
        int count = gradient.Op.Form.Operands(gradient.Op.HasCell).Count;
        Tensor[] operands = [.. x[..count].Select(Of)];
        UnrolledRecurrence unrolled = new(gradient.Op, operands);
        Tensor loss = Tensor.Scalar(0.0);
        foreach ((Tensor result, Numbers upstream) in Results(unrolled).Zip(x[(count + 2)..])) loss += (result * Of(upstream)).Sum();
        RecurrentOperands at = gradient.Op.Form.Operands(gradient.Op.HasCell);
        List<Tensor> wanted = [operands[0], .. gradient.Op.HasOwnProducts ? [unrolled.Offsets] : Array.Empty<Tensor>()];
        foreach (int state in new[] { at.FirstH, at.FirstC }.Where(i => i >= 0)) wanted.Add(operands[state]);
        List<Tensor> found = [.. Gradient.Of(loss, wanted)];
        found.Insert(gradient.Before, unrolled.Before);
        Give(found, y);
    }

    private static List<Tensor> Results(UnrolledRecurrence of) =>
        [of.Outputs, of.LastH, .. of.LastC is { } lastC ? [lastC] : Array.Empty<Tensor>()];

    private static Tensor Of(Numbers numbers) => numbers.IsWhole
        ? Tensor.From(numbers.Whole, numbers.Shape)
        : Tensor.From(numbers.Real, numbers.Shape).Track();

    // What is kept for the gradient stays 0: the gradient here does not read it.
    private static void Give(List<Tensor> results, Numbers[] y)
    {
        for (int i = 0; i < results.Count; i++) results[i].Detach().ToArray<double>().CopyTo(y[i].Real, 0);
    }
}
