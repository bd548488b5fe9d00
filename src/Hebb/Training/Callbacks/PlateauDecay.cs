namespace Hebb.Training;

/// <summary>
/// Multiplies the learning rate by a factor when the watched figure has not got better for some epochs, and then waits as long again. With
/// a schedule the factor multiplies the schedule's learning rates from then on.
/// </summary>
public sealed class PlateauDecay : ICallback
{
    private readonly double _factor, _minimum, _floor;
    private readonly int _patience;
    private readonly Monitored _figure;
    private double _best = double.PositiveInfinity;
    private int _waited;

    /// <summary>A decay on plateaus.</summary>
    /// <param name="factor">What the learning rate is multiplied by, between 0 and 1; 0.1 by default.</param>
    /// <param name="patience">Epochs without improvement that are borne; 10 by default. The next one cuts.</param>
    /// <param name="figure">What is watched: the validation score (accuracy) by default.</param>
    /// <param name="minimum">By how much the figure must get better to count; 0 by default.</param>
    /// <param name="floor">The learning rate is not brought below this; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public PlateauDecay(
        double factor = 0.1, int patience = 10, Monitored figure = Monitored.ValidationScore, double minimum = 0, double floor = 0)
    {
        if (factor is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(
                nameof(factor), $"A factor of {factor} was given to a plateau decay; give one between 0 and 1.");
        Argument.AtLeast(patience, 0);
        Argument.AtLeast(minimum, 0);
        Argument.AtLeast(floor, 0);
        (_factor, _patience, _figure, _minimum, _floor) = (factor, patience, figure, minimum, floor);
    }

    /// <summary>How often the learning rate was cut.</summary>
    public int Cuts { get; private set; }

    /// <inheritdoc/>
    public void OnStart(TrainingState state) => (_best, _waited, Cuts) = (double.PositiveInfinity, 0, 0);

    /// <inheritdoc/>
    public void OnEpoch(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double found = MonitoredFigure.Of(_figure, state);
        if (found < _best - _minimum)
        {
            _best = found;
            _waited = 0;
            return;
        }
        if (++_waited <= _patience) return;
        _waited = 0;
        if (state.LearningRate <= _floor) return;
        double factor = Math.Max(_factor, _floor / state.LearningRate);
        state.ScaleLearningRate(factor);
        Cuts++;
    }
}
