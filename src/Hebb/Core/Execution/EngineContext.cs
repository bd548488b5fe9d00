namespace Hebb;

/// <summary>
/// All that the engine knows of the thread that applies ops: who watches, whether gradients are recorded, which layer runs, what computes.
/// </summary>
internal sealed class EngineContext
{
    [ThreadStatic] private static EngineContext? t_current;

    /// <summary>The context of this thread.</summary>
    public static EngineContext Current => t_current ??= new EngineContext();

    /// <summary>Whether ops are not recorded for gradients.</summary>
    public bool IsGradOff { get; set; }

    /// <summary>Who collects the ops of a function that is being traced; ops do not compute then.</summary>
    public ITracer? Tracer { get; set; }

    /// <summary>Who is told of every op that has run.</summary>
    public IRecorder[] Recorders { get; set; } = [];

    /// <summary>Whether anybody wants to know which layer applies an op.</summary>
    public bool IsWatched => Tracer is not null || Recorders.Length > 0;

    /// <summary>The node whose gradient is being computed.</summary>
    public Node? Differentiated { get; set; }

    /// <summary>The layer whose ops are being applied, as long as somebody watches.</summary>
    public OpScope? Layer { get; set; }

    /// <summary>The backward pass that is computing a gradient, if it may take memory back.</summary>
    public GradientMemory? GradientMemory { get; set; }

    /// <summary>Who notes from where random streams were drawn.</summary>
    public RandomReplay? RandomReplay { get; set; }

    /// <summary>What runs the ops of threads that choose no other.</summary>
    public static IBackend DefaultBackend { get; set; } = CpuBackend.Instance;

    /// <summary>What runs the ops.</summary>
    public IBackend Backend { get; set; } = DefaultBackend;

    /// <summary>
    /// While it lives, this thread computes as if nothing else went on: nobody watches, nothing is traced or tracked. Values that come into
    /// being when they are first read need it, since that may be anywhere.
    /// </summary>
    public static Clean Suspend() => new(Current);

    /// <summary>Restores the context that was suspended.</summary>
    internal readonly ref struct Clean
    {
        private readonly EngineContext _before;

        public Clean(EngineContext before)
        {
            _before = before;
            t_current = new EngineContext { IsGradOff = true, RandomReplay = before.RandomReplay, Backend = before.Backend };
        }

        public void Dispose() => t_current = _before;
    }
}
