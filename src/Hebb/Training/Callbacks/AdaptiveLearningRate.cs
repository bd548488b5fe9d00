namespace Hebb.Training;

/// <summary>
/// Lowers the learning rate as soon as the watched loss rises, and raises it a little when the loss has fallen for some epochs in a row:
/// the "bold driver" (Battiti, Accelerated Backpropagation Learning: Two Optimization Methods, 1989). With a schedule the factors multiply
/// the schedule's learning rates.
/// </summary>
public sealed class AdaptiveLearningRate : ICallback
{
    private readonly double _down, _up, _least, _most;
    private readonly int _window;
    private readonly Monitored _figure;
    private double _before = double.PositiveInfinity;
    private int _falls;

    /// <summary>An adaptive learning rate.</summary>
    /// <param name="down">The factor on a rise, between 0 and 1; 0.5 by default.</param>
    /// <param name="up">The factor after steady falls, at least 1; 1.05 by default.</param>
    /// <param name="window">How many falls in a row are steady; 3 by default.</param>
    /// <param name="least">The smallest learning rate; 0 by default.</param>
    /// <param name="most">The largest learning rate; unbounded by default.</param>
    /// <param name="figure">What is watched: the validation loss by default, or the training loss.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public AdaptiveLearningRate(
        double down = 0.5, double up = 1.05, int window = 3, double least = 0, double most = double.PositiveInfinity,
        Monitored figure = Monitored.ValidationLoss)
    {
        if (down is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(
                nameof(down), $"A factor of {down} on rises was given to an adaptive learning rate; give one between 0 and 1.");
        if (!(up >= 1))
            throw new ArgumentOutOfRangeException(
                nameof(up), $"A factor of {up} on falls was given to an adaptive learning rate; give at least 1.");
        Argument.Above(window, 0);
        if (!(least >= 0 && least <= most))
            throw new ArgumentOutOfRangeException(
                nameof(least), $"Rates from {least} to {most} were allowed; give the smaller bound first, and none below 0.");
        (_down, _up, _window, _least, _most, _figure) = (down, up, window, least, most, figure);
    }

    /// <inheritdoc/>
    public void OnStart(TrainingState state) => (_before, _falls) = (double.PositiveInfinity, 0);

    /// <inheritdoc/>
    public void OnEpoch(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double found = MonitoredFigure.Of(_figure, state), wanted = state.LearningRate;
        bool rises = found > _before;
        _falls = found < _before && double.IsFinite(_before) ? _falls + 1 : 0;
        _before = found;
        if (rises) wanted *= _down;
        else if (_falls >= _window)
        {
            wanted *= _up;
            _falls = 0;
        }
        wanted = Math.Clamp(wanted, _least, _most);
        if (wanted != state.LearningRate && state.LearningRate > 0) state.ScaleLearningRate(wanted / state.LearningRate);
    }
}
