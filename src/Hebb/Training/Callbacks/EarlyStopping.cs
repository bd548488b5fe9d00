namespace Hebb.Training;

/// <summary>Stops training when the validation loss has not fallen for some epochs (Prechelt, "Early stopping, but when?", 1998).</summary>
public sealed class EarlyStopping : ICallback
{
    private readonly int _patience;
    private readonly double _minimum;
    private double _best = double.PositiveInfinity;
    private int _waited;

    /// <param name="patience">Epochs without a fall that are borne; 5 by default.</param>
    /// <param name="minimum">By how much the loss must fall to count; 0 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The patience is not positive, or the minimum negative.</exception>
    public EarlyStopping(int patience = 5, double minimum = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(minimum);
        _patience = patience;
        _minimum = minimum;
    }

    /// <inheritdoc/>
    public void OnEpoch(TrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        double loss = double.IsNaN(state.Last.ValidationLoss) ? state.Last.TrainLoss : state.Last.ValidationLoss;
        if (loss < _best - _minimum)
        {
            _best = loss;
            _waited = 0;
        }
        else if (++_waited >= _patience)
        {
            state.Stop($"the loss has not fallen for {_patience} epochs");
        }
    }
}
