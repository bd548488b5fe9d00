namespace Hebb.Layers;

/// <summary>
/// What dense and convolution layers share: weights [out, in, ...], a bias [out] unless switched off, their start values, and a number of
/// inputs that may stay open until the first input comes.
/// </summary>
public abstract class WeightedLayer : Module
{
    private readonly IInitializer? _start;

    /// <summary>A layer with weights of a shape.</summary>
    /// <param name="shape">[out, in, ...]; in = 0 leaves the inputs open.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="start">Where the weights start, biases then at 0; U(±1/√fan-in) for both if left out.</param>
    private protected WeightedLayer(Shape shape, bool bias, IInitializer? start)
    {
        _start = start;
        Register(Weight = new Parameter(shape, start ?? Initializer.Default) { WhenSized = Resize }, "weight");
        if (bias) Register(Bias = new Parameter([shape[0]], BiasStart(shape)) { IsDecayed = false }, "bias");
    }

    /// <summary>The weights, [out, in, ...].</summary>
    public Parameter Weight { get; }

    /// <summary>The biases, [out]; null if the layer has none.</summary>
    public Parameter? Bias { get; }

    /// <summary>The size that axis 1 of the weights has for an input of so many features or channels.</summary>
    private protected virtual int WeightInputs(int inputs) => inputs;

    /// <summary>The start values that were asked for; null for the default.</summary>
    private protected IInitializer? Start => _start;

    /// <summary>Gives the layer the number of inputs that it has left open.</summary>
    private protected void FixInputs(int inputs)
    {
        if (Weight.IsOpen) Resize(Weight.Shape.With(1, WeightInputs(inputs)));
    }

    /// <summary>Refuses an input of another type than the weights.</summary>
    private protected void RequireType(Tensor x)
    {
        if (x.DType != Weight.DType)
            throw MisfitType(x, Weight.DType);
    }

    /// <summary>Refuses sizes that are not positive.</summary>
    private protected static int AtLeastOne(int size, string what) => size >= 1 ? size
        : throw new ArgumentOutOfRangeException(what, $"A layer with {size} {what} was asked for; give at least 1.");

    private IInitializer BiasStart(Shape weight) =>
        _start is null ? Initializer.DefaultBias(weight.Count / Math.Max(1, weight[0])) : Initializer.Constant(0);

    private void Resize(Shape shape)
    {
        Weight.Fix(shape, Weight.Start!);
        if (Bias is { IsFresh: true }) Bias.Fix(Bias.Shape, BiasStart(shape));
    }
}
