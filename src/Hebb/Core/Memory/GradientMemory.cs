namespace Hebb;

/// <summary>
/// Returns the memory of intermediate gradients as soon as a backward pass has used them. Only memory that user code cannot have seen
/// returns: that of tensors made while one of Hebb's own ops computed its gradient, never handed to a hook or kept as a result.
/// </summary>
internal sealed class GradientMemory(bool isActive)
{
    private readonly List<Storage> _made = [];
    private GradientMemory? _outer;

    /// <summary>Notes memory that was borrowed from the pool while a gradient was computed.</summary>
    public void Made(Storage storage) => _made.Add(storage);

    /// <summary>From here on, what is allocated belongs to the gradient of this op.</summary>
    public void Enter(IOp op, ReadOnlySpan<Tensor?> upstream)
    {
        if (!isActive) return;
        EngineContext context = EngineContext.Current;
        _outer = context.GradientMemory;
        if (op.GetType().Assembly == typeof(IOp).Assembly)
        {
            context.GradientMemory = this;
            return;
        }
        // A user's op may keep whatever it sees.
        context.GradientMemory = null;
        foreach (Tensor? gradient in upstream)
        {
            if (gradient is not null) Expose(gradient);
        }
    }

    /// <summary>The op's gradients have arrived where they go: what was made on the way and is held nowhere returns.</summary>
    public void Leave(ReadOnlySpan<Tensor?> upstream)
    {
        if (!isActive) return;
        EngineContext.Current.GradientMemory = _outer;
        foreach (Storage storage in _made)
        {
            if (storage.Gradient.Holds == 0) Return(storage);
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
        if (isActive) gradient.Storage.Gradient.Holds++;
    }

    /// <summary>A gradient waits no longer.</summary>
    public void Drop(Tensor gradient)
    {
        if (!isActive) return;
        Storage storage = gradient.Storage;
        if (storage.Gradient.Holds > 0 && --storage.Gradient.Holds == 0 && storage.Gradient.Pass == this) Return(storage);
    }

    /// <summary>User code can see this memory from now on.</summary>
    public void Expose(Tensor gradient)
    {
        if (!isActive) return;
        gradient.Storage.Gradient.Pass = null;
        gradient.Storage.Gradient.Holds++;
    }

    /// <summary>What has memory while a graph is traced is a constant of the graph, which goes on reading it.</summary>
    private static void Return(Storage storage)
    {
        if (EngineContext.Current.Tracer is null) storage.Release();
    }

    /// <summary>Whether anything but this gradient may use its memory; a promise has none that anybody could write to.</summary>
    public bool IsShared(Tensor gradient)
    {
        Storage storage = gradient.Storage;
        bool isOthers = !storage.IsPromised && (storage.Gradient.Pass != this || storage.Gradient.Holds > 0);
        return isActive && (isOthers || storage.Length != gradient.Count || !gradient.IsContiguous);
    }

    /// <summary>Ends the pass, also after an error.</summary>
    public void Finish()
    {
        EngineContext context = EngineContext.Current;
        if (context.GradientMemory == this) context.GradientMemory = _outer;
        _made.Clear();
    }
}

/// <summary>What a backward pass knows of a storage.</summary>
internal struct GradientHold
{
    /// <summary>The pass in which it was made, as long as no user code can have seen it.</summary>
    public GradientMemory? Pass;

    /// <summary>How many gradients on their way through a pass lie in it.</summary>
    public int Holds;
}
