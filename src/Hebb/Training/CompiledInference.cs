using Hebb.Layers;

namespace Hebb.Training;

/// <summary>A forward pass that is recorded once for each shape of a batch, and then replayed without allocation. Made by <see cref="Compiled.Infer"/>.</summary>
public sealed class CompiledInference
{
    private readonly Module _model;
    private readonly PlanCache _plans;

    internal CompiledInference(Module model, GraphPasses passes)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _plans = new PlanCache(model, passes);
    }

    /// <summary>The model's output in memory of its own.</summary>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    public Tensor Run(Tensor input) => Replay(input).Clone();

    /// <summary>Writes the model's output into a tensor of its shape; nothing is allocated.</summary>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    /// <exception cref="ShapeException">The output does not fit.</exception>
    public void Run(Tensor input, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Assign(Replay(input));
    }

    private Tensor Replay(Tensor input)
    {
        PlanCache.Entry entry = _plans.Find(input) ?? _plans.Add((Trace(input), []), input);
        entry.Run.Compute(input);
        entry.Run.Commit();
        return entry.Run.Result(0);
    }

    private Graph Trace(Tensor input)
    {
        using (new NoGrad()) return Graph.Trace(_model.Forward, input.Spec);
    }
}
