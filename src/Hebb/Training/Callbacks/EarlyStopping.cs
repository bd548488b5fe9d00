namespace Hebb.Training;

/// <summary>
/// Stops training when the watched figure has not got better for some epochs (Prechelt, "Early stopping, but when?", 1998). With a patience
/// of 1 and the training loss it stops once a pass brings less than a tolerance: <c>new EarlyStopping(1, 1e-5, Monitored.TrainingLoss)</c>.
/// </summary>
public sealed class EarlyStopping : ICallback
{
    private readonly int _patience;
    private readonly double _minimum;
    private readonly Monitored _figure;
    private double _best = double.PositiveInfinity;
    private int _waited;

    /// <summary>A stop.</summary>
    /// <param name="patience">How many epochs in a row without improvement stop the run; 5 by default.</param>
    /// <param name="minimum">By how much the figure must get better to count; 0 by default.</param>
    /// <param name="figure">What is watched: the validation loss by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The patience is not positive, or the minimum negative.</exception>
    public EarlyStopping(int patience = 5, double minimum = 0, Monitored figure = Monitored.ValidationLoss)
    {
        Argument.Above(patience, 0);
        Argument.AtLeast(minimum, 0);
        _patience = patience;
        _minimum = minimum;
        _figure = figure;
    }

    /// <inheritdoc/>
    public void OnStart(TrainingState state) => (_best, _waited) = (double.PositiveInfinity, 0);

    /// <inheritdoc/>
    public void OnEpoch(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double found = MonitoredFigure.Of(_figure, state);
        if (found < _best - _minimum)
        {
            _best = found;
            _waited = 0;
        }
        else if (++_waited >= _patience)
        {
            state.Stop($"the {Name(_figure)} has not got better for {_patience} epochs");
        }
    }

    private static string Name(Monitored figure) => figure switch
    {
        Monitored.ValidationScore => "score",
        Monitored.TrainingLoss => "training loss",
        _ => "loss",
    };
}
