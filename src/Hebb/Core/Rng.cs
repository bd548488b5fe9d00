namespace Hebb;

/// <summary>
/// A stream of random numbers: number i is a function of (seed, stream, i) alone, so that a draw does not depend on threads, lane widths or
/// on what other streams drew. The position is the whole state, and can be saved.
/// </summary>
public sealed class Rng(ulong seed, ulong stream = 0)
{
    private ulong _position;

    /// <summary>The seed.</summary>
    public ulong Seed { get; } = seed;

    /// <summary>Which of the seed's independent streams this is; <see cref="RngStreams"/> lists those that Hebb uses.</summary>
    public ulong Stream { get; } = stream;

    /// <summary>How many numbers have been drawn.</summary>
    public ulong Position
    {
        get => _position;
        set => _position = value;
    }

    /// <summary>Takes the next numbers of the stream: the key says which they are, and ops compute them from it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public RandomKey Take(int count)
    {
        Argument.AtLeast(count, 0);
        EngineContext context = EngineContext.Current;
        if (context.Tracer is { } tracer) return tracer.Drew(this, count);
        context.RandomReplay?.Touch(this);
        RandomKey key = new(Seed, Stream, _position);
        _position += (ulong)count;
        return key;
    }

    /// <summary>As <c>Rng(seed 1, stream 3, at 4096)</c>.</summary>
    public override string ToString() => $"Rng(seed {Seed}, stream {Stream}, at {_position})";
}

/// <summary>
/// The place of some random numbers: seed, stream and the position of the first. A key that was taken while tracing moves with its stream:
/// every replay of the graph draws fresh numbers.
/// </summary>
public readonly record struct RandomKey
{
    private readonly Rng? _moving;
    private readonly ulong _position;

    /// <summary>A place that stays.</summary>
    public RandomKey(ulong seed, ulong stream, ulong position) => (Seed, Stream, _position) = (seed, stream, position);

    /// <summary>A place so many numbers ahead of where a stream stands.</summary>
    internal RandomKey(Rng stream, ulong ahead) => (Seed, Stream, _moving, _position) = (stream.Seed, stream.Stream, stream, ahead);

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>Which of the seed's streams.</summary>
    public ulong Stream { get; }

    /// <summary>The position of the first number in the stream.</summary>
    public ulong Position => _moving is null ? _position : _moving.Position + _position;
}

/// <summary>
/// How one seed is split into streams. The numbers are a format: they never change, so that a seed gives the same run in every version.
/// </summary>
public static class RngStreams
{
    /// <summary>Start values of parameters.</summary>
    public const ulong StartValues = 1;

    /// <summary>The order in which samples are visited.</summary>
    public const ulong Shuffle = 2;

    /// <summary>Which units dropout leaves out, and other noise inside a network.</summary>
    public const ulong Dropout = 3;

    /// <summary>Random changes to training samples.</summary>
    public const ulong Augmentation = 4;

    /// <summary>Which samples go to training, validation and test.</summary>
    public const ulong Split = 5;

    /// <summary>Samples that are generated, not read.</summary>
    public const ulong Data = 6;

    /// <summary>Which coordinates a gradient check looks at.</summary>
    public const ulong Check = 7;
}

/// <summary>
/// While it lives, <see cref="Rewind"/> sets every stream that was drawn from on this thread back to where it stood, so that a computation
/// can be repeated with the same random numbers.
/// </summary>
public sealed class RandomReplay : IDisposable
{
    private readonly RandomReplay? _outer;
    private readonly Dictionary<Rng, ulong> _starts = [];

    /// <summary>Starts watching the streams of this thread.</summary>
    public RandomReplay()
    {
        EngineContext context = EngineContext.Current;
        _outer = context.RandomReplay;
        context.RandomReplay = this;
    }

    /// <summary>Sets all streams drawn from since the start back to where they stood then.</summary>
    public void Rewind()
    {
        foreach ((Rng rng, ulong start) in _starts) rng.Position = start;
    }

    /// <summary>Stops watching; streams stay where they are.</summary>
    public void Dispose() => EngineContext.Current.RandomReplay = _outer;

    internal void Touch(Rng rng) => _starts.TryAdd(rng, rng.Position);
}
