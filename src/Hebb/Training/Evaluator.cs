using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Training;

/// <summary>
/// Measures a model on samples, in evaluation mode and without gradients. Forward pass and loss are recorded once for each shape of a batch
/// and replayed, with the bits of eager mode; several evaluations share the recordings.
/// </summary>
public sealed class Evaluator
{
    private readonly Module _model;
    private readonly TrainingTask _task;
    private readonly ExecutionMode _mode;
    private readonly CompiledEvaluation _compiled;
    private readonly EagerEvaluation _eager;

    /// <summary>An evaluator of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="task">Loss and score.</param>
    /// <param name="isEager">Whether every batch runs op by op.</param>
    /// <param name="notice">Told, once, in a sentence, that the model cannot be recorded and why; its batches run op by op then.</param>
    public Evaluator(Module model, TrainingTask task, bool isEager = false, Action<string>? notice = null)
        : this(model, task, new ExecutionMode(isEager, notice)) { }

    internal Evaluator(Module model, TrainingTask task, ExecutionMode mode)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(task);
        (_model, _task, _mode) = (model, task, mode);
        StepFunction function = task.StepOf(model);
        (_compiled, _eager) = (new CompiledEvaluation(model, function), new EagerEvaluation(function));
    }

    /// <summary>Whether every batch runs op by op, as asked for or because the model cannot be recorded.</summary>
    public bool IsEager => _mode.IsEager;

    /// <summary>
    /// Loss and score of all samples of a loader, as if they were one batch; others may look at outputs and batches along the way, and keep
    /// what they see.
    /// </summary>
    /// <exception cref="ArgumentException">There is no batch.</exception>
    /// <exception cref="OperationCanceledException">Canceled between two batches.</exception>
    public Evaluation Run(DataLoader samples, CancellationToken cancellation = default,
        params ReadOnlySpan<Action<IReadOnlyList<MaskedTensor>, Batch>> also)
    {
        ArgumentNullException.ThrowIfNull(samples);
        Trainer.RequireBatches(samples, nameof(samples), "evaluate");
        _model.Eval();
        IMetric score = _task.NewScore();
        LossTally loss = new();
        long count = 0;
        using NoGrad none = new();
        foreach (Batch batch in samples.Epoch(0, cancellation))
        {
            BatchResult result = _mode.Run(_compiled, _eager, batch);
            loss.Add(result.Shares);
            count += batch.Count;
            score.Add(result.Outputs, batch);
            if (also.Length == 0) continue;
            MaskedTensor[] kept = [.. result.Outputs.Select(output => new MaskedTensor(output.Values.Clone(), output.Mask?.Clone()))];
            foreach (Action<IReadOnlyList<MaskedTensor>, Batch> look in also) look(kept, batch);
        }
        return new Evaluation(loss.Value, score.Value, count);
    }

    /// <inheritdoc cref="Run(DataLoader, CancellationToken, ReadOnlySpan{Action{IReadOnlyList{MaskedTensor}, Batch}})"/>
    public Evaluation Run(
        DataLoader samples, CancellationToken cancellation = default, params Action<IReadOnlyList<MaskedTensor>, Batch>[] also) =>
        Run(samples, cancellation, (ReadOnlySpan<Action<IReadOnlyList<MaskedTensor>, Batch>>)also);
}
