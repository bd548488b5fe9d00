namespace Hebb.Kernels;

/// <summary>
/// The order in which a pass works on the sequences of a batch: the longest first, so that those that have a certain step are the first
/// ones, and padded steps are left out. Rows of states lie in this order; drives and outputs stay in the order of the batch.
/// </summary>
internal readonly unsafe struct SequenceOrder
{
    private readonly int* _order, _lengths, _running, _places;
    private readonly int _rows, _steps, _directions;

    /// <summary>Sorts the sequences by their lengths; without lengths each has all steps.</summary>
    /// <exception cref="ArgumentException">A length is negative or beyond the number of steps.</exception>
    public SequenceOrder(in RecurrentShape shape, ReadOnlySpan<long> lengths)
    {
        (_rows, _steps, _directions) = (shape.Rows, shape.Steps, shape.Directions);
        _order = Scratch.Get<int>(ScratchUse.RecurrentOrder, 2L * (_steps + 1) + (2L + _directions) * _rows);
        _lengths = _order + _rows;
        _places = _lengths + _rows;
        _running = _places + (long)_directions * _rows;
        int* next = _running + _steps + 1;
        new Span<int>(_running, _steps + 1).Clear();
        for (int row = 0; row < _rows; row++)
        {
            _running[lengths.IsEmpty ? _steps : Sequences.CheckLength(lengths[row], row, _steps)]++;
        }
        int longer = 0;
        for (int length = _steps; length >= 0; length--)
        {
            int count = _running[length];
            _running[length] = next[length] = longer;
            longer += count;
        }
        for (int row = 0; row < _rows; row++)
        {
            int length = lengths.IsEmpty ? _steps : (int)lengths[row], at = next[length]++;
            (_order[at], _lengths[at]) = (row, length);
        }
    }

    /// <summary>How many sequences have this step; they are the first ones.</summary>
    public int Running(int step) => step >= _steps ? 0 : _running[step];

    /// <summary>Which sequence of the batch is the i-th.</summary>
    public int this[int i] => _order[i];

    /// <summary>For each direction, where the i-th sequence has its place of this step among all places, sequence by sequence.</summary>
    public int* Places => _places;

    /// <summary>
    /// Finds the places of a step. A sequence that has no such step is given the padded place of that number, which no direction uses.
    /// </summary>
    public void GoTo(int step)
    {
        for (int i = 0; i < _rows; i++)
        {
            int first = _order[i] * _steps;
            _places[i] = first + step;
            if (_directions > 1) _places[_rows + i] = first + (step < _lengths[i] ? _lengths[i] - 1 - step : step);
        }
    }
}
