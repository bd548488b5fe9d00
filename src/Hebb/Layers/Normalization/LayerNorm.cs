namespace Hebb.Layers;

/// <summary>
/// y = γ (x - μ) / √(σ² + ε) + β with the mean and biased variance of each sample over its last axes, in training and evaluation alike
/// (Ba, Kiros and Hinton, Layer Normalization, 2016).
/// </summary>
public sealed class LayerNorm : Module
{
    private readonly Shape _shape;
    private readonly double _epsilon;

    /// <summary>A layer over the last axis.</summary>
    /// <param name="features">The size of the last axis.</param>
    /// <param name="epsilon">ε, positive; 1e-5 by default.</param>
    /// <param name="affine">Whether γ and β are trained; otherwise they are 1 and 0.</param>
    public LayerNorm(int features, double epsilon = 1e-5, bool affine = true) : this([features], epsilon, affine) { }

    /// <summary>A layer over several last axes.</summary>
    /// <param name="shape">Their sizes, which γ and β have too.</param>
    /// <param name="epsilon">ε, positive; 1e-5 by default.</param>
    /// <param name="affine">Whether γ and β are trained; otherwise they are 1 and 0.</param>
    public LayerNorm(Shape shape, double epsilon = 1e-5, bool affine = true)
    {
        if (shape.Rank == 0 || shape.Count < 2)
            throw new ArgumentException($"A LayerNorm over the axes {shape} was asked for; normalize at least two numbers.", nameof(shape));
        (_shape, _epsilon) = (shape, Argument.Above(epsilon, 0));
        if (!affine) return;
        Register(Weight = new Parameter(shape, Initializer.Constant(1)) { IsDecayed = false }, "weight");
        Register(Bias = new Parameter(shape, Initializer.Constant(0)) { IsDecayed = false }, "bias");
    }

    /// <summary>γ; null if it is not trained.</summary>
    public Parameter? Weight { get; }

    /// <summary>β; null if it is not trained.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string Details => $"{InvariantText.Join("x", _shape.AsSpan())}{(Weight is null ? ", not affine" : "")}";

    private protected override bool Mixes(int rank, int axis) => axis >= rank - _shape.Rank;

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        int first = x.Rank - _shape.Rank;
        if (first < 0 || !x.Shape.AsSpan()[first..].SequenceEqual(_shape.AsSpan()))
            throw Misfit(x, $"last axes {_shape}; give it those, or build the layer for yours");
        if (Weight is not null && x.DType != Weight.DType)
            throw MisfitType(x, Weight.DType);
        return Weight is null ? x.LayerNormalize(_shape.Rank, _epsilon) : x.LayerNormalize(Weight, Bias!, _epsilon);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new LayerNorm(_shape, _epsilon, Weight is not null);
}
