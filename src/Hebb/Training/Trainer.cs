using System.Diagnostics;
using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

namespace Hebb.Training;

/// <summary>
/// The training loop: forward, loss, backward, update, batch by batch and epoch by epoch, with validation after every epoch.
/// </summary>
public static class Trainer
{
    /// <summary>Trains a model.</summary>
    /// <param name="model">The model; it ends in evaluation mode.</param>
    /// <param name="task">Loss and score.</param>
    /// <param name="optimizer">Updates the model's parameters.</param>
    /// <param name="train">Batches of training samples.</param>
    /// <param name="validation">Batches of validating samples; null for none.</param>
    /// <param name="options">Epochs, schedule, callbacks.</param>
    /// <param name="progress">Told where the run stands after every batch.</param>
    /// <param name="cancellation">Ends the run between two batches with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="NonFiniteException">
    /// A loss was not finite; the message names op, layer and element where that began, or what held such a value already.
    /// </exception>
    /// <exception cref="OperationCanceledException">The run was canceled; callbacks have seen its end.</exception>
    /// <exception cref="ArgumentException">There is no epoch or no batch to train on.</exception>
    /// <exception cref="InvalidOperationException">No parameter of the model learns, or the optimizer has none of them.</exception>
    public static TrainingResult Fit(
        Module model, TrainingTask task, Optimizer optimizer, DataLoader train, DataLoader? validation, TrainingOptions options,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Epochs < 1)
            throw new ArgumentException($"{options.Epochs} epochs of training were asked for; give at least 1.", nameof(options));
        RequireBatches(train, nameof(train), "train");
        if (options.Callbacks.Contains(null!))
            throw new ArgumentException("A callback of a training is null; give callbacks, or leave it out.", nameof(options));
        optimizer.RequireOf(model);
        RequireBatches(validation, nameof(validation), "validate");
        Run run = new(model, task, optimizer, train, options, new ExecutionMode(options.IsEager, options.Notice), progress);
        try
        {
            foreach (ICallback callback in options.Callbacks) callback.OnStart(run.State);
            run.TryLastBatch(cancellation);
            for (int epoch = 1; epoch <= options.Epochs && run.State.StopReason is null; epoch++)
            {
                (double loss, double score) = run.TrainEpoch(epoch, cancellation);
                Evaluation? evaluation = validation is null ? null : run.Evaluator.Run(validation, cancellation);
                run.Close(epoch, loss, score, evaluation);
            }
        }
        finally
        {
            model.Eval();
            foreach (ICallback callback in options.Callbacks) callback.OnEnd(run.State);
        }
        return new TrainingResult(run.State.History, run.Seconds, run.State.StopReason);
    }

    /// <summary>
    /// Loss and score of all samples of a loader, as if they were one batch, in evaluation mode and without gradients;
    /// others may look along. See <see cref="Evaluator"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException">Canceled between two batches.</exception>
    public static Evaluation Evaluate(
        Module model, TrainingTask task, DataLoader samples, CancellationToken cancellation = default,
        params ReadOnlySpan<Action<IReadOnlyList<MaskedTensor>, Batch>> also) =>
        new Evaluator(model, task).Run(samples, cancellation, also);

    /// <inheritdoc cref="Evaluator.Run(DataLoader, CancellationToken, Action{IReadOnlyList{MaskedTensor}, Batch}[])"/>
    public static Evaluation Evaluate(
        Module model, TrainingTask task, DataLoader samples, CancellationToken cancellation = default,
        params Action<IReadOnlyList<MaskedTensor>, Batch>[] also) => new Evaluator(model, task).Run(samples, cancellation, also);

    /// <summary>Refuses a loader that gives no batch.</summary>
    internal static void RequireBatches(DataLoader? loader, string name, string use)
    {
        if (loader?.BatchCount == 0)
            throw new ArgumentException($"{loader} was given to {use} on, which has no batch; give samples, "
                + "or a batch size of at most their number where the last batch is dropped.", name);
    }

    /// <summary>One run of the loop: its clocks, its state, and what the epochs share.</summary>
    private sealed class Run(
        Module model, TrainingTask task, Optimizer optimizer, DataLoader train, TrainingOptions options, ExecutionMode mode,
        IProgress<TrainingProgress>? progress)
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private readonly ExecutionMode _mode = mode;
        private readonly EagerStep _eager = new(model, optimizer, task.StepOf(model), options.AccumulationSteps);
        private readonly CompiledStep _compiled = Compiled.Step(model, optimizer, task, accumulationSteps: options.AccumulationSteps);
        private long _step;

        public Evaluator Evaluator { get; } = new(model, task, mode);

        public TrainingState State { get; } = new(model, optimizer, task.NewScore().IsGain);

        public double Seconds => _clock.Elapsed.TotalSeconds;

        /// <summary>
        /// Records the step of a last batch of one sample before the first step, since some layers refuse those, which would else come
        /// out at the end of an epoch.
        /// </summary>
        public void TryLastBatch(CancellationToken cancellation)
        {
            if (train.LastBatchSize != 1 || train.BatchCount < 2) return;
            model.Train();
            foreach (Batch batch in train.Epoch(1, train.BatchCount - 1, cancellation)) _mode.Record(_compiled, batch);
        }

        public (double Loss, double Score) TrainEpoch(int epoch, CancellationToken cancellation)
        {
            model.Train();
            IMetric score = task.NewScore();
            LossTally loss = new();
            double start = Seconds;
            long count = 0;
            int batches = 0;
            foreach (Batch batch in train.Epoch(epoch, cancellation))
            {
                if (options.Schedule is { } schedule) optimizer.LearningRate = schedule.At(_step) * State.LearningRateFactor;
                BatchResult result = _mode.Run(_compiled, _eager, batch);
                _step++;
                if (result.Failure is { } cause) throw new NonFiniteException($"At step {_step} {cause.Message}", cause);
                loss.Add(result.Shares);
                count += batch.Count;
                score.Add(result.Outputs, batch);
                batches++;
                progress?.Report(Progress(epoch, batches, loss.Value, score.Value, count / Math.Max(1e-9, Seconds - start)));
            }
            return (loss.Value, score.Value);
        }

        public void Close(int epoch, double loss, double score, Evaluation? validation)
        {
            State.Add(new EpochRecord(
                epoch, Seconds, optimizer.LearningRate, loss, score, validation?.Loss ?? double.NaN, validation?.Score ?? double.NaN));
            foreach (ICallback callback in options.Callbacks) callback.OnEpoch(State);
        }

        private TrainingProgress Progress(int epoch, int batch, double loss, double score, double pace)
        {
            TimeSpan elapsed = _clock.Elapsed;
            double done = epoch - 1 + (double)batch / train.BatchCount;
            double left = elapsed.TotalSeconds * (options.Epochs / done - 1);
            TimeSpan remaining = left < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(left) : TimeSpan.MaxValue;
            return new TrainingProgress(
                epoch, options.Epochs, batch, train.BatchCount, loss, score, optimizer.LearningRate, pace, elapsed, remaining);
        }
    }
}
