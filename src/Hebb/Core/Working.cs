namespace Hebb;

/// <summary>
/// Working tensors that an op needs while it runs, such as a copy in another layout. Eagerly they are fresh; a plan, whose ops run in the same order every time,
/// hands out those of its last run again.
/// </summary>
internal sealed class Working
{
    [ThreadStatic] private static Working? t_current;

    private readonly List<Tensor> _tensors = [];
    private int _used;

    /// <summary>A tensor with any contents that is the caller's until its op has run.</summary>
    public static Tensor Of(in TensorSpec spec) => t_current is { } plan ? plan.Next(spec) : new Tensor(spec);

    /// <summary>Makes them the working tensors of this thread, from the first on, and the former ones again in the end.</summary>
    public static Working? Exchange(Working? working)
    {
        Working? before = t_current;
        t_current = working;
        return before;
    }

    /// <summary>Begins to hand out anew.</summary>
    public void Restart() => _used = 0;

    private Tensor Next(in TensorSpec spec)
    {
        if (_used == _tensors.Count) _tensors.Add(new Tensor(spec));
        Tensor tensor = _tensors[_used++];
        // An op may ask for something else when the values differ.
        return tensor.Spec == spec ? tensor : _tensors[_used - 1] = new Tensor(spec);
    }
}

/// <summary>While it lives, ops of this thread take their working tensors from a plan's.</summary>
internal readonly ref struct WorkingScope
{
    private readonly Working? _outer;

    public WorkingScope(Working working)
    {
        working.Restart();
        _outer = Working.Exchange(working);
    }

    public void Dispose() => Working.Exchange(_outer);
}
