namespace Hebb;

/// <summary>Where a value that is not finite comes from.</summary>
/// <param name="Run">The op that made it out of finite operands; null if it came from outside.</param>
/// <param name="At">The op's result, or the tensor from outside.</param>
/// <param name="First">The first such element in it.</param>
internal sealed record NonFiniteOrigin(OpRun? Run, Tensor At, NonFinite First)
{
    /// <summary>
    /// Goes from a value back through the ops that made it, each time to an operand that is not finite either, so that infinities which go
    /// nowhere, such as those of a mask in front of a softmax, are not blamed. Where there is a choice a NaN is followed by a NaN.
    /// </summary>
    /// <param name="runs">All that ran, in order.</param>
    /// <param name="value">A tensor with an element that is not finite.</param>
    public static NonFiniteOrigin Of(IReadOnlyList<OpRun> runs, Tensor value)
    {
        Tensor at = value;
        for (int i = runs.Count - 1; ; i--)
        {
            while (i >= 0 && !runs[i].Outputs.Any(output => output.Storage == at.Storage)) i--;
            if (i < 0) return new NonFiniteOrigin(null, at, NonFinite.In(at)!);
            OpRun run = runs[i];
            Tensor made = run.Outputs.First(output => output.Storage == at.Storage);
            NonFinite first = NonFinite.In(made)!;
            Tensor? cause = double.IsNaN(first.Value)
                ? run.Inputs.FirstOrDefault(input => NonFinite.In(input, infinitiesToo: false) is not null)
                : null;
            cause ??= run.Inputs.FirstOrDefault(input => NonFinite.In(input) is not null);
            if (cause is null) return new NonFiniteOrigin(run, made, first);
            at = cause;
        }
    }

    /// <summary>The op, its operands and its layer: <c>Log(float32[4, 2]) in layer '3 Lambda'</c>.</summary>
    public static string Title(IOp op, IEnumerable<Tensor> inputs, OpScope? owner) =>
        $"{op.Name}({string.Join(", ", inputs.Select(input => input.Spec.ToString()))})" + (owner is null ? "" : $" in {owner.Title}");
}
