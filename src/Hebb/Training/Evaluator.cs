using Hebb.Data;
using Hebb.Layers;

namespace Hebb.Training;

/// <summary>
/// Measures a model on samples, in evaluation mode and without gradients. Forward pass and loss are recorded once for each shape of a batch and replayed, with the bits
/// of eager mode; several evaluations share the recordings.
/// </summary>
public sealed class Evaluator
{
    private readonly Module _model;
    private readonly TrainingTask _task;
    private readonly Action<string>? _notice;
    private readonly PlanCache _plans;

    /// <summary>An evaluator of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="task">Loss and score.</param>
    /// <param name="isEager">Whether every batch runs op by op.</param>
    /// <param name="notice">Told, once, in a sentence, that the model cannot be recorded and why; its batches run op by op then.</param>
    public Evaluator(Module model, TrainingTask task, bool isEager = false, Action<string>? notice = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(task);
        (_model, _task, IsEager, _notice) = (model, task, isEager, notice);
        _plans = new PlanCache(model, GraphPasses.All);
    }

    /// <summary>Whether every batch runs op by op, as asked for or because the model cannot be recorded.</summary>
    public bool IsEager { get; private set; }

    /// <summary>Mean loss and score over all samples of a loader; further metrics are fed along with outputs and targets, and may keep them.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between two batches.</exception>
    public Evaluation Run(DataLoader samples, CancellationToken cancellation = default, params ReadOnlySpan<Action<Tensor, Tensor>> also)
    {
        ArgumentNullException.ThrowIfNull(samples);
        _model.Eval();
        IMetric score = _task.Score();
        double sum = 0;
        long count = 0;
        using NoGrad none = new();
        foreach (Batch batch in samples.Epoch(0, cancellation))
        {
            (double loss, Tensor output) = Measure(batch);
            sum += loss * batch.Count;
            count += batch.Count;
            score.Add(output, batch.Target);
            if (also.Length > 0 && !IsEager) output = output.Clone();
            foreach (Action<Tensor, Tensor> metric in also) metric(output, batch.Target);
        }
        return new Evaluation(count == 0 ? double.NaN : sum / count, score.Value, count);
    }

    /// <summary>From here on every batch runs op by op.</summary>
    internal void BecomeEager() => IsEager = true;

    private (double Loss, Tensor Output) Measure(Batch batch)
    {
        try
        {
            if (!IsEager) return Replay(batch);
        }
        catch (TraceException error)
        {
            IsEager = true;
            _notice?.Invoke($"The model cannot be recorded, so it is evaluated op by op: {error.Message}");
        }
        Tensor output = _model.Forward(batch.Input);
        return (_task.Loss(output, batch.Target).Item(), output);
    }

    private (double Loss, Tensor Output) Replay(Batch batch)
    {
        PlanCache.Entry entry = _plans.Find(batch.Input, batch.Target) ?? _plans.Add((Trace(batch), []), [batch.Input, batch.Target]);
        entry.Run.Compute(batch.Input, batch.Target);
        entry.Run.Commit();
        return (entry.Run.Result(0).Item(), entry.Run.Result(1));
    }

    private Graph Trace(Batch batch) => Graph.Trace(
        arguments =>
        {
            Tensor output = _model.Forward(arguments[0]);
            return [_task.Loss(output, arguments[1]), output];
        },
        batch.Input.Spec, batch.Target.Spec);
}
