namespace Hebb;

/// <summary>
/// Returns the memory of intermediate gradients as soon as a backward pass has used them. Only memory that user code cannot have seen
/// returns: that of tensors made while one of Hebb's own ops computed its gradient, never handed to a hook or kept as a result.
/// </summary>
internal sealed class GradientMemory(bool isActive)
{
    [ThreadStatic] private static GradientMemory? t_current;

    private readonly List<Storage> _made = [];
    private GradientMemory? _outer;

    /// <summary>Whose gradient the current thread computes, if it may be given back.</summary>
    public static GradientMemory? Current => t_current;

    /// <summary>Makes it the one whose gradient this thread computes.</summary>
    public static GradientMemory? Exchange(GradientMemory? memory)
    {
        GradientMemory? before = t_current;
        t_current = memory;
        return before;
    }

    /// <summary>Notes memory that was borrowed from the pool while a gradient was computed.</summary>
    public void Made(Storage storage) => _made.Add(storage);

    /// <summary>From here on, what is allocated belongs to the gradient of this op.</summary>
    public void Enter(IOp op, ReadOnlySpan<Tensor?> upstream)
    {
        if (!isActive) return;
        _outer = t_current;
        if (op.GetType().Assembly == typeof(IOp).Assembly)
        {
            t_current = this;
            return;
        }
        // A user's op may keep whatever it sees.
        t_current = null;
        foreach (Tensor? gradient in upstream)
        {
            if (gradient is not null) Expose(gradient);
        }
    }

    /// <summary>The op's gradients have arrived where they go: what was made on the way and is held nowhere returns.</summary>
    public void Leave(ReadOnlySpan<Tensor?> upstream)
    {
        if (!isActive) return;
        t_current = _outer;
        foreach (Storage storage in _made)
        {
            if (storage.Holds == 0) storage.Release();
        }
        _made.Clear();
        foreach (Tensor? gradient in upstream)
        {
            if (gradient is not null) Drop(gradient);
        }
    }

    /// <summary>A gradient waits for a node.</summary>
    public void Hold(Tensor gradient)
    {
        if (isActive) gradient.Storage.Holds++;
    }

    /// <summary>A gradient waits no longer.</summary>
    public void Drop(Tensor gradient)
    {
        if (!isActive) return;
        Storage storage = gradient.Storage;
        if (storage.Holds > 0 && --storage.Holds == 0 && storage.Maker == this) storage.Release();
    }

    /// <summary>User code can see this memory from now on.</summary>
    public void Expose(Tensor gradient)
    {
        if (!isActive) return;
        gradient.Storage.Maker = null;
        gradient.Storage.Holds++;
    }

    /// <summary>Whether anything but this gradient may use its memory; a promise has none that anybody could write to.</summary>
    public bool IsShared(Tensor gradient)
    {
        Storage storage = gradient.Storage;
        bool isOthers = !storage.IsPromised && (storage.Maker != this || storage.Holds > 0);
        return isActive && (isOthers || storage.Length != gradient.Count || !gradient.IsContiguous);
    }

    /// <summary>Ends the pass, also after an error.</summary>
    public void Finish()
    {
        if (t_current == this) t_current = _outer;
        _made.Clear();
    }
}
