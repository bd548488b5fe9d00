namespace Hebb.Kernels;

/// <summary>
/// Visits the rows of a shape (all its last axis at once) in row-major order, keeping for each of three operands where its row starts.
/// Unlike a <see cref="Loop"/> it never changes the order, which matters where several elements meet in one place.
/// </summary>
internal struct Odometer
{
    private readonly Dims _sizes;
    private readonly Dims _a;
    private readonly Dims _b;
    private readonly Dims _c;
    private readonly int _outer;
    private Loop.Ints _index;
    private int _left;

    public Odometer(in Dims sizes, in Dims a, in Dims b, in Dims c)
    {
        _sizes = sizes;
        _a = a;
        _b = b;
        _c = c;
        _outer = Math.Max(0, sizes.Rank - 1);
        Length = sizes.Rank == 0 ? 1 : sizes[_outer];
        _left = 1;
        for (int i = 0; i < _outer; i++) _left *= sizes[i];
        if (Length == 0) _left = 0;
        (StepA, StepB, StepC) = sizes.Rank == 0 ? (0, 0, 0) : (a[_outer], b[_outer], c[_outer]);
    }

    /// <summary>How many elements a row has.</summary>
    public int Length { get; }

    /// <summary>How far each operand moves within a row.</summary>
    public int StepA { get; }

    /// <inheritdoc cref="StepA"/>
    public int StepB { get; }

    /// <inheritdoc cref="StepA"/>
    public int StepC { get; }

    /// <summary>Where each operand's row starts.</summary>
    public int A { get; private set; }

    /// <inheritdoc cref="A"/>
    public int B { get; private set; }

    /// <inheritdoc cref="A"/>
    public int C { get; private set; }

    /// <summary>Whether a row is left to visit.</summary>
    public readonly bool HasRow => _left > 0;

    /// <summary>Goes to the next row.</summary>
    public void Next()
    {
        _left--;
        for (int axis = _outer - 1; axis >= 0; axis--)
        {
            int back = ++_index[axis] == _sizes[axis] ? _sizes[axis] : 0;
            A += _a[axis] * (1 - back);
            B += _b[axis] * (1 - back);
            C += _c[axis] * (1 - back);
            if (back == 0) return;
            _index[axis] = 0;
        }
    }
}
