namespace Hebb.Training;

/// <summary>Which figure of an epoch a callback watches.</summary>
public enum Monitored
{
    /// <summary>The loss on the validating samples, or on the training samples where there are none.</summary>
    ValidationLoss,

    /// <summary>The score on the validating samples, such as accuracy, or the training loss where there are none.</summary>
    ValidationScore,

    /// <summary>The loss on the training samples.</summary>
    TrainingLoss,
}

/// <summary>Reads what is watched, turned so that smaller is better.</summary>
internal static class MonitoredFigure
{
    public static double Of(Monitored figure, TrainingState state)
    {
        EpochRecord last = state.Last;
        double found = figure switch
        {
            Monitored.ValidationLoss => last.ValidationLoss,
            Monitored.ValidationScore => state.ScoreIsGain ? -last.ValidationScore : last.ValidationScore,
            _ => last.TrainLoss,
        };
        return double.IsNaN(found) ? last.TrainLoss : found;
    }
}
