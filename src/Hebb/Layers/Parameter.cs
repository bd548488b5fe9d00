namespace Hebb.Layers;

/// <summary>A tensor that training changes: a leaf that requires its gradient. Layers that hold the same parameter share it.</summary>
public sealed class Parameter : Tensor
{
    private Storage? _drawn;
    private int _drawnVersion;

    /// <summary>A parameter with the given start values, whose memory it takes over.</summary>
    /// <exception cref="InvalidOperationException">The values are not floating-point numbers.</exception>
    public Parameter(Tensor start)
        : base(start.Creator is null && start.IsContiguous ? start.Detach() : start.Detach().Clone()) => RequiresGrad = true;

    /// <summary>
    /// A parameter whose start values an initializer draws: first those of seed 0, later those that <see cref="Module.Initialize"/> asks
    /// for. A size of 0 is open: the layer that holds it fixes it when it sees its first input.
    /// </summary>
    public Parameter(Shape shape, IInitializer start, DType dtype = DType.Float32) : base(Blank(shape, dtype))
    {
        ArgumentNullException.ThrowIfNull(start);
        RequiresGrad = true;
        Start = start;
        Draw();
    }

    /// <summary>
    /// Whether decay of weights applies to it; not to biases and to the scales and shifts of normalization, unless asked for.
    /// </summary>
    public bool IsDecayed { get; init; } = true;

    /// <summary>What draws the start values; null for a parameter that was given its values.</summary>
    public IInitializer? Start { get; private set; }

    /// <summary>Whether a size is open until the layer has seen an input.</summary>
    public bool IsOpen => Count == 0;

    /// <summary>Called with the full shape when values arrive for a parameter with an open size.</summary>
    internal Action<Shape>? WhenSized { get; init; }

    /// <summary>The seed of the start values.</summary>
    internal ulong Seed { get; private set; }

    /// <summary>Which parameter of its network it is: the region of the stream of start values that is its own.</summary>
    internal int Place { get; private set; }

    /// <summary>Whether nobody has changed the start values, or could have.</summary>
    internal bool IsFresh => Start is not null && _drawn == Storage && _drawnVersion == Storage.Version && !Storage.IsExported;

    /// <summary>Draws start values from the region of the stream that belongs to a place.</summary>
    internal void Draw(ulong seed, int place)
    {
        Seed = seed;
        Place = place;
        Draw();
    }

    /// <summary>Gives an open parameter its size and its start values.</summary>
    internal void Fix(Shape shape, IInitializer start)
    {
        Start = start;
        Rebind(Blank(shape, DType));
        Draw();
    }

    private void Draw()
    {
        if (Start is null) return;
        if (!IsOpen) Rebind(Start is ILateStart late ? DrawLater(late) : DrawNow(Start));
        _drawn = Storage;
        _drawnVersion = Storage.Version;
    }

    /// <summary>Also where a layer learns its size while it is being traced.</summary>
    private Tensor DrawNow(IInitializer start)
    {
        using EngineContext.Clean context = EngineContext.Suspend();
        return start.DrawChecked(Shape, DType, Numbers());
    }

    private Tensor DrawLater(ILateStart start)
    {
        start.Require(Shape);
        (Shape shape, DType dtype, Rng numbers) = (Shape, DType, Numbers());
        return new Tensor(Storage.Late(dtype, Count, () => start.Draw(shape, dtype, numbers).Storage), new TensorSpec(dtype, shape), 0);
    }

    /// <summary>2^40 numbers for each parameter: the values depend on seed and place, not on the sizes of the parameters before.</summary>
    private Rng Numbers() => new(Seed, RngStreams.StartValues) { Position = (ulong)Place << 40 };

    /// <summary>Zeros whose memory is not there before somebody asks for it.</summary>
    private static Tensor Blank(Shape shape, DType dtype) =>
        new(Storage.Late(dtype, shape.Count, () => Zeros(shape, dtype).Storage), new TensorSpec(dtype, shape), 0);
}
