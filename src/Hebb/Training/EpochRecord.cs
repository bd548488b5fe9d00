namespace Hebb.Training;

/// <summary>One epoch of a training run.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Seconds">Time since the start of training, validation included.</param>
/// <param name="Rate">The learning rate of the epoch's last update.</param>
/// <param name="TrainLoss">Mean loss over the epoch's batches, each before its update.</param>
/// <param name="TrainScore">Score over the epoch's batches, each before its update.</param>
/// <param name="ValidationLoss">Mean loss over the validating samples after the epoch; NaN without any.</param>
/// <param name="ValidationScore">Score over the validating samples after the epoch; NaN without any.</param>
public sealed record EpochRecord(
    int Epoch, double Seconds, double Rate, double TrainLoss, double TrainScore, double ValidationLoss, double ValidationScore);
