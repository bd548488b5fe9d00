namespace Hebb.Layers;

public abstract partial class Module
{
    private Rng _noise = new(0, RngStreams.Dropout);

    /// <summary>
    /// The stream that dropout and other noise of this module and its parts draw from; that of seed 0 until <see cref="Initialize"/>.
    /// <see cref="Save"/> does not write its position: keep it beside the file to go on with the same bits. Setting the stream sets it for
    /// all parts.
    /// </summary>
    public Rng Noise
    {
        get => _noise;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            foreach (Module part in Whole()) part._noise = value;
            MarkChanged();
        }
    }

    /// <summary>
    /// Gives every parameter with an initializer the start values of a seed, and noise the stream of that seed. The values are a function
    /// of the seed and of the parameter's place among the module's parameters alone. A fresh module has the values of seed 0.
    /// </summary>
    public void Initialize(ulong seed)
    {
        int place = 0;
        foreach (Parameter parameter in Parameters()) parameter.Draw(seed, place++);
        foreach (Module part in Whole()) part.OnInitialize();
        Noise = new Rng(seed, RngStreams.Dropout);
    }

    /// <summary>Called when start values are drawn, for layers whose state starts anew then.</summary>
    protected virtual void OnInitialize() { }

    /// <summary>
    /// Parts are made before the whole, so each starts as if it were alone. Once they are registered, parameters that nobody has touched
    /// get the values of their place in the whole: two equal layers of a fresh network differ.
    /// </summary>
    private void PlaceFresh()
    {
        int place = 0;
        foreach (Parameter parameter in Parameters())
        {
            if (parameter.IsFresh && parameter.Place != place) parameter.Draw(parameter.Seed, place);
            place++;
        }
    }
}
