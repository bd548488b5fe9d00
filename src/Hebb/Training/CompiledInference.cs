using Hebb.Data;
using Hebb.Layers;

namespace Hebb.Training;

/// <summary>
/// A forward pass that is recorded once for each shape of a batch, and then replayed without allocation. It computes as in evaluation,
/// without dropout and with the running averages of batch norm, whatever mode the model is in, and leaves that as it is. Several threads
/// may use it at once, if none trains the model: each call has memory of its own. Made by <see cref="Compiled.Infer"/>.
/// </summary>
public sealed class CompiledInference
{
    /// <summary>How much memory the plans of several shapes may hold together, before those that ran longest ago are dropped.</summary>
    public const long MostPlanBytes = 48L << 20;

    private readonly Module _model;
    private readonly PlanCache _plans;
    private readonly Lock _gate = new();

    internal CompiledInference(Module model, GraphPasses passes)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _plans = new PlanCache(model, passes, MostPlanBytes);
    }

    /// <summary>The model's output in memory of its own.</summary>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    public Tensor Run(Tensor input)
    {
        (PlanCache.Entry entry, PlanRun run) = Replay(BatchLayout.Plain(1), [input]);
        Tensor output = run.Result(0).Clone();
        Return(entry, run);
        return output;
    }

    /// <summary>Writes the model's output into a tensor of its shape; nothing is allocated.</summary>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    /// <exception cref="ShapeException">The output does not fit.</exception>
    public void Run(Tensor input, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(output);
        (PlanCache.Entry entry, PlanRun run) = Replay(BatchLayout.Plain(1), [input]);
        Tensor result = run.Result(0);
        bool fits = output.Shape == result.Shape && output.DType == result.DType;
        TensorSpec found = result.Spec;
        if (fits) output.Assign(result);
        Return(entry, run);
        if (!fits) throw new ShapeException(
            $"The model gives {found}, but was to write into {output.Spec}; give it a tensor of that type and shape.");
    }

    /// <summary>All outputs of the model for the inputs of a batch, with their masks, in memory of their own.</summary>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    public MaskedTensor[] Run(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        (PlanCache.Entry entry, PlanRun run) = Replay(batch.Layout, batch.Span);
        MaskedTensor[] outputs = Array.ConvertAll(
            entry.OutputsOf(run), output => new MaskedTensor(output.Values.Clone(), output.Mask?.Clone()));
        Return(entry, run);
        return outputs;
    }

    /// <summary>
    /// Runs the model some times and measures each op, in order, and beside it the ops that it may have been fused of, one by one.
    /// </summary>
    /// <param name="steps">How often, at least 1; the medians of the times are reported.</param>
    /// <param name="input">The input.</param>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    public IReadOnlyList<ProfileLine> Profile(int steps, Tensor input)
    {
        (PlanCache.Entry entry, PlanRun run) = Rent(BatchLayout.Plain(1), [input]);
        IReadOnlyList<ProfileLine> lines = PlanProfile.Of(entry.Plan, run, steps, [input]);
        Return(entry, run);
        return lines;
    }

    /// <summary>
    /// How much memory the plans hold, one for each shape of the input that is still known and each call at the same time.
    /// </summary>
    public long PlanBytes
    {
        get
        {
            lock (_gate) return _plans.Bytes;
        }
    }

    /// <summary>Drops all plans and their memory; the next call records anew.</summary>
    public void ClearPlans()
    {
        lock (_gate) _plans.Clear();
    }

    private (PlanCache.Entry Entry, PlanRun Run) Replay(BatchLayout layout, ReadOnlySpan<Tensor> arguments)
    {
        (PlanCache.Entry entry, PlanRun run) = Rent(layout, arguments);
        run.Compute(arguments);
        run.Commit();
        return (entry, run);
    }

    private (PlanCache.Entry Entry, PlanRun Run) Rent(BatchLayout layout, ReadOnlySpan<Tensor> arguments)
    {
        foreach (Tensor argument in arguments) ArgumentNullException.ThrowIfNull(argument);
        lock (_gate)
        {
            PlanCache.Entry entry = _plans.Find(layout, arguments) ?? _plans.Add(Trace(layout, arguments), arguments);
            return (entry, entry.Idle.TryPop(out PlanRun? run) ? run : entry.NewRun());
        }
    }

    /// <summary>Lends memory to the next call. After an error it is left to the collector.</summary>
    private void Return(PlanCache.Entry entry, PlanRun run)
    {
        run.Release();
        lock (_gate) entry.Idle.Push(run);
    }

    private Recorded Trace(BatchLayout layout, ReadOnlySpan<Tensor> arguments)
    {
        using NoGrad none = new();
        using Mode mode = new(_model, isTraining: false);
        return Recorded.Of(layout, arguments, batch => new RecordedStep(null, null, batch.Outputs(_model)));
    }
}
