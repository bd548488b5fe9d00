namespace Hebb;

/// <summary>An op that has run, with the values that it had and made.</summary>
/// <param name="Op">The op.</param>
/// <param name="Inputs">Its operands.</param>
/// <param name="Outputs">Its results.</param>
/// <param name="Owner">The layer that applied it; null outside of layers.</param>
internal sealed record OpRun(IOp Op, IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor> Outputs, OpScope? Owner);

/// <summary>Keeps all ops that run on this thread, and their values, until the end.</summary>
internal sealed class OpHistory : IRecorder
{
    private readonly List<OpRun> _runs = [];

    /// <summary>The ops in the order in which they ran.</summary>
    public IReadOnlyList<OpRun> Runs => _runs;

    public void Ran(IOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        if (op is not IView) _runs.Add(new OpRun(op, inputs.ToArray(), outputs.ToArray(), EngineContext.Current.Layer));
    }
}
