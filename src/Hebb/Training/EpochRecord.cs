using System.Globalization;

namespace Hebb.Training;

/// <summary>One epoch of a training run.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Seconds">Time since the start of training, validation included.</param>
/// <param name="LearningRate">The learning rate of the epoch's last update.</param>
/// <param name="TrainLoss">Mean loss over the epoch's batches, each before its update.</param>
/// <param name="TrainScore">Score over the epoch's batches, each before its update.</param>
/// <param name="ValidationLoss">Mean loss over the validating samples after the epoch; NaN without any.</param>
/// <param name="ValidationScore">Score over the validating samples after the epoch; NaN without any.</param>
public sealed record EpochRecord(
    int Epoch, double Seconds, double LearningRate, double TrainLoss, double TrainScore, double ValidationLoss, double ValidationScore)
{
    /// <summary>The epoch in a line; see <see cref="ToString(string)"/>.</summary>
    public override string ToString() => ToString("score");

    /// <summary>
    /// The epoch in a line: losses and scores in training and validation, the learning rate of the last update, the time.
    /// </summary>
    /// <param name="scoreName">What the score is called, such as accuracy.</param>
    public string ToString(string scoreName)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string validation = double.IsNaN(ValidationLoss) ? ""
            : string.Create(culture, $"  validation loss {ValidationLoss:0.0000} {scoreName} {ValidationScore:0.0000}");
        return string.Create(culture,
            $"epoch {Epoch,3}  loss {TrainLoss:0.0000} {scoreName} {TrainScore:0.0000}{validation}  "
            + $"learning rate {LearningRate:g3}  {Seconds:0.0} s");
    }
}
