namespace Hebb;

/// <summary>
/// What an indexer takes along one axis: one position (<c>2</c>, <c>^1</c>), a range (<c>1..3</c>, <c>..</c>), or a range with a step
/// (<see cref="Every(int, Range)"/>).
/// </summary>
public readonly record struct Slice
{
    private readonly Index _start;
    private readonly Index _stop;
    private readonly int _skipped;

    private Slice(Index start, Index stop, int step, bool isOne) => (_start, _stop, _skipped, IsOne) = (start, stop, step - 1, isOne);

    /// <summary>Whether it takes one position, so that the axis is left out of the result.</summary>
    internal bool IsOne { get; }

    /// <summary>One position.</summary>
    public static implicit operator Slice(int position) =>
        position < 0 ? new(Index.FromEnd((int)Math.Min(-(long)position, int.MaxValue)), default, 1, true) : new(position, default, 1, true);

    /// <summary>One position, perhaps from the end.</summary>
    public static implicit operator Slice(Index position) => new(position, default, 1, true);

    /// <summary>The positions from start to before stop.</summary>
    public static implicit operator Slice(Range range) => new(range.Start, range.End, 1, false);

    /// <summary>Every step-th position of a range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive; use Flip to reverse an axis.</exception>
    public static Slice Every(int step, Range range)
    {
        Argument.Above(step, 0);
        return new(range.Start, range.End, step, false);
    }

    /// <summary>Every step-th position of the whole axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive; use Flip to reverse an axis.</exception>
    public static Slice Every(int step) => Every(step, ..);

    /// <summary>First position, how many, and the step, along an axis of the given size.</summary>
    internal (int Start, int Count, int Step) Resolve(in TensorSpec spec, int axis)
    {
        int size = spec.Shape[axis], start = _start.GetOffset(size), step = _skipped + 1;
        if (IsOne)
        {
            if ((uint)start >= (uint)size)
                throw new ShapeException(
                    $"Position {_start} was asked along axis {axis} of {spec}, "
                        + (size == 0 ? "which has none; give it some first." : $"which has positions 0 to {size - 1}; choose one."));
            return (start, 1, 1);
        }
        int stop = _stop.GetOffset(size);
        if (start < 0 || stop > size || start > stop)
            throw new ShapeException($"The range {_start}..{_stop} was asked along axis {axis} of {spec}, which has size {size}; "
                + $"a range lies within 0..{size}.");
        return (start, (int)((stop - start + (long)_skipped) / step), step);
    }
}
