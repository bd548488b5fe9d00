using System.Runtime.CompilerServices;
using Hebb.Data;
using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Training;

/// <summary>
/// A training step that is recorded once for each shape of a batch, and then replayed without allocation. Made by the Step methods of
/// <see cref="Compiled"/>.
/// </summary>
public sealed class CompiledStep : IBatchRunner
{
    /// <summary>How much memory the plans of several shapes may hold together, before those that ran longest ago are dropped.</summary>
    public const long MostPlanBytes = 1L << 30;

    private readonly Module _model;
    private readonly Optimizer _optimizer;
    private readonly StepFunction _function;
    private readonly PlanCache _plans;
    private readonly int _pieces;
    private int _hooks, _runs;

    internal CompiledStep(Module model, Optimizer optimizer, StepFunction function, GraphPasses passes, int accumulationSteps)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        Argument.AtLeast(accumulationSteps, 1);
        (_model, _optimizer, _function, _pieces) = (model, optimizer, function, accumulationSteps);
        _plans = new PlanCache(model, passes, MostPlanBytes);
    }

    /// <summary>What the last step gave beside the loss, the model's outputs in order; the next step overwrites it.</summary>
    /// <exception cref="InvalidOperationException">No step has run.</exception>
    public Tensor Output(int i = 0)
    {
        IReadOnlyList<MaskedTensor> outputs = LastRun.Outputs;
        Argument.Below(i, 0, outputs.Count);
        return outputs[i].Values;
    }

    /// <summary>One step on a batch.</summary>
    /// <param name="batch">An input and a target, or whatever the step's function takes.</param>
    /// <returns>
    /// The loss before the update. If it is not finite, nothing was updated;
    /// <see cref="Explain(ReadOnlySpan{Tensor})"/> says where that comes from.
    /// </returns>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model computes with a parameter that it has not registered, and the message names its layer; or this step is running already.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Run(params ReadOnlySpan<Tensor> batch) => Run(BatchLayout.Plain(batch.Length), batch);

    /// <inheritdoc cref="Run(ReadOnlySpan{Tensor})"/>
    public double Run(params Tensor[] batch) => Run((ReadOnlySpan<Tensor>)batch);

    /// <summary>One step on a batch with names, such as a loader gives.</summary>
    /// <returns>
    /// The loss before the update. If it is not finite, nothing was updated; <see cref="Explain(Batch)"/> says where that comes from.
    /// </returns>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    /// <exception cref="InvalidOperationException">
    /// The model computes with a parameter that it has not registered, and the message names its layer; or this step is running already.
    /// </exception>
    public double Run(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Run(batch.Layout, batch.Span);
    }

    /// <summary>
    /// Why the loss of a batch is not finite: replays the step op by op, changing nothing, and names op, layer and element where the first
    /// such value arose, or what held one already.
    /// </summary>
    /// <returns>An exception with a one-sentence message for the caller to throw; null if the loss is finite.</returns>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    public NonFiniteException? Explain(params ReadOnlySpan<Tensor> batch) => Explain(BatchLayout.Plain(batch.Length), batch);

    /// <inheritdoc cref="Explain(ReadOnlySpan{Tensor})"/>
    public NonFiniteException? Explain(params Tensor[] batch) => Explain((ReadOnlySpan<Tensor>)batch);

    /// <summary>Why the loss of a batch with names is not finite; see <see cref="Explain(ReadOnlySpan{Tensor})"/>.</summary>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    public NonFiniteException? Explain(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Explain(batch.Layout, batch.Span);
    }

    /// <summary>
    /// Runs some steps on a batch and measures each op, forward and backward in order, and beside it the ops that it may have been fused
    /// of, one by one; the last line is the update of all parameters.
    /// </summary>
    /// <param name="steps">How many steps to run, at least 1; the medians of their times are reported.</param>
    /// <param name="batch">The batch.</param>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    public IReadOnlyList<ProfileLine> Profile(int steps, params ReadOnlySpan<Tensor> batch)
    {
        PlanCache.Entry entry = Plan(BatchLayout.Plain(batch.Length), batch);
        return PlanProfile.Of(entry.Plan, entry.Run, steps, batch, () => Update(entry));
    }

    /// <inheritdoc cref="Profile(int, ReadOnlySpan{Tensor})"/>
    public IReadOnlyList<ProfileLine> Profile(int steps, params Tensor[] batch) => Profile(steps, (ReadOnlySpan<Tensor>)batch);

    /// <summary>How much memory the plans hold, one for each shape of a batch that is still known.</summary>
    public long PlanBytes => _plans.Bytes;

    /// <summary>Drops all plans and their memory; the next step records anew.</summary>
    public void ClearPlans() => _plans.Clear();

    /// <summary>Makes the plan for batches such as this one, and binds its kernels.</summary>
    internal void Record(Batch batch) => _ = Plan(batch.Layout, batch.Span).Run;

    BatchResult IBatchRunner.Run(Batch batch)
    {
        double loss = Run(batch);
        BatchResult result = LastRun.ResultOf(batch);
        return double.IsFinite(loss) || result.IsOfNothing ? result : result with { Failure = Explain(batch) };
    }

    private PlanCache.Entry LastRun =>
        _plans.Last ?? throw new InvalidOperationException("The output of a compiled step was asked for before any ran; call Run first.");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Run(BatchLayout layout, ReadOnlySpan<Tensor> batch)
    {
        if (Interlocked.Exchange(ref _runs, 1) != 0)
            throw new InvalidOperationException(
                "A compiled step was run while it was running already, on another thread or in a hook of its own; "
                + "run one step after the other, or give each thread a clone of the model with an optimizer of its own.");
        try
        {
            PlanCache.Entry entry = Plan(layout, batch);
            entry.Run.Compute(batch);
            double loss = entry.Run.Result(0).Item();
            if (double.IsFinite(loss)) Update(entry);
            return loss;
        }
        finally
        {
            Volatile.Write(ref _runs, 0);
        }
    }

    private NonFiniteException? Explain(BatchLayout layout, ReadOnlySpan<Tensor> batch) =>
        NonFiniteLoss.Replay(Plan(layout, batch).Plan.Graph, _model, layout, batch);

    private PlanCache.Entry Plan(BatchLayout layout, ReadOnlySpan<Tensor> batch)
    {
        int hooks = _optimizer.SeeHooks();
        if (hooks != _hooks) _plans.Clear();
        _hooks = hooks;
        return _plans.Find(layout, batch) ?? _plans.Add(Trace(layout, batch), batch);
    }

    private void Update(PlanCache.Entry entry)
    {
        entry.Run.Commit();
        _optimizer.ForgetShown();
    }

    /// <summary>The step as a graph whose results are the loss and the outputs, and which ends with the update.</summary>
    private Recorded Trace(BatchLayout layout, ReadOnlySpan<Tensor> batch)
    {
        Parameter[] learning = [.. _model.Parameters().Where(parameter => parameter.RequiresGrad)];
        if (learning.Length > 0) _optimizer.RequireOf(_model);
        Recorded recorded = Recorded.Of(layout, batch, arguments =>
        {
            PiecewiseStep step = PiecewiseStep.Run(arguments, _pieces, _function, learning);
            Dictionary<Parameter, Tensor> gradients = [];
            for (int i = 0; i < learning.Length; i++)
            {
                if (step.Gradients[i] is { } gradient) gradients.Add(learning[i], gradient);
            }
            _optimizer.Record(gradients);
            return new RecordedStep(step.Loss, step.Parts, step.Outputs);
        });
        if (LostParameters.Find(recorded.Graph, _model) is { } lost) throw new InvalidOperationException(lost);
        return recorded;
    }
}
