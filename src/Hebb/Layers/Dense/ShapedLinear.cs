namespace Hebb.Layers;

/// <summary>
/// y[n, i...] = b[i...] + Σ W[i..., j...] x[n, j...]: a dense layer between nodes that stand as arrays,
/// such as a 28 x 28 image and a 7 x 7 grid. It equals <see cref="Linear"/> on what is flattened in row-major order.
/// </summary>
public sealed class ShapedLinear : Module
{
    private readonly Shape _inputs, _outputs;
    private readonly IInitializer? _start;

    /// <summary>A layer between arrays.</summary>
    /// <param name="inputs">The shape of a sample of x.</param>
    /// <param name="outputs">The shape of a sample of y.</param>
    /// <param name="bias">Whether b is added; true by default.</param>
    /// <param name="start">
    /// Where the weights start, seen as [outputs, inputs], biases then at 0; U(±1/√inputs) for both if left out.
    /// </param>
    public ShapedLinear(Shape inputs, Shape outputs, bool bias = true, IInitializer? start = null)
    {
        if (inputs.Rank == 0 || outputs.Rank == 0 || inputs.Count == 0 || outputs.Count == 0)
            throw new ArgumentException(
                $"A ShapedLinear from {inputs} to {outputs} was asked for; give shapes with at least one axis and one node.");
        (_inputs, _outputs, _start) = (inputs, outputs, start);
        Shape weights = [.. outputs.AsSpan(), .. inputs.AsSpan()];
        Register(Weight = new Parameter(weights, new FlatStart(inputs.Count, outputs.Count, start ?? Initializer.Default)), "weight");
        if (bias)
        {
            IInitializer law = start is null ? Initializer.DefaultBias(inputs.Count) : Initializer.Constant(0);
            Register(Bias = new Parameter(outputs, law) { IsDecayed = false }, "bias");
        }
    }

    /// <summary>The weights, [outputs..., inputs...].</summary>
    public Parameter Weight { get; }

    /// <summary>The biases in the outputs' shape; null if the layer has none.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string Details => $"{InvariantText.Join("x", _inputs.AsSpan())} → "
        + $"{InvariantText.Join("x", _outputs.AsSpan())}{(Bias is null ? ", no bias" : "")}";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != _inputs.Rank + 1 || x.Shape.Without(0) != _inputs)
            throw Misfit(x, $"[N, {_inputs.ToString()[1..]}; give it those, or build the layer for yours");
        if (x.DType != Weight.DType)
            throw MisfitType(x, Weight.DType);
        int n = x.Shape[0];
        Tensor y = x.Reshape(n, _inputs.Count).Linear(Weight.Reshape(_outputs.Count, _inputs.Count), Bias?.Flatten());
        return y.Reshape(_outputs.Insert(0, n));
    }

    /// <inheritdoc/>
    protected internal override Module New() => new ShapedLinear(_inputs, _outputs, Bias is not null, _start);

    /// <summary>Start values drawn for the flattened weights, whose fans are those of the dense layer.</summary>
    private sealed class FlatStart(int inputs, int outputs, IInitializer inner) : IInitializer
    {
        public Tensor Draw(Shape shape, DType dtype, Rng rng) => inner.DrawChecked([outputs, inputs], dtype, rng).Reshape(shape);
    }
}
