namespace Hebb.Layers;

/// <summary>
/// y = x W + b with the weights W, [outputs, inputs], of another dense layer, transposed: a decoder that shares its encoder's weights. The
/// shared parameter has one gradient, the sum over both uses, and the optimizer sees it once.
/// </summary>
public sealed class TiedLinear : Module
{
    private Parameter _weight;

    /// <summary>A layer that undoes the direction of another.</summary>
    /// <param name="other">The layer whose weights are shared; its number of inputs must be known.</param>
    /// <param name="bias">Whether b, the layer's own, is added; true by default.</param>
    public TiedLinear(Linear other, bool bias = true) : this(Shared(other), bias) { }

    private TiedLinear(Parameter weight, bool bias)
    {
        _weight = weight;
        Register(weight, "weight");
        if (bias) Register(Bias = new Parameter([weight.Shape[1]], Initializer.DefaultBias(weight.Shape[0])) { IsDecayed = false }, "bias");
    }

    /// <summary>The shared weights, [outputs, inputs] of the other layer.</summary>
    public Parameter Weight => _weight;

    /// <summary>The biases, one for each input of the other layer; null if the layer has none.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string Details => $"{_weight.Shape[0]} → {_weight.Shape[1]}{(Bias is null ? ", no bias" : "")}";

    private protected override bool Mixes(int rank, int axis) => axis == rank - 1;

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank == 0 || x.Shape[-1] != _weight.Shape[0])
            throw Misfit(x, $"{_weight.Shape[0]} features in the last axis; give it as many, or build the layer for yours");
        if (x.DType != _weight.DType)
            throw MisfitType(x, _weight.DType);
        return x.Linear(_weight.T, Bias);
    }

    /// <summary>Another layer, with weights of its own until it is tied again.</summary>
    protected internal override Module New() => new TiedLinear(new Parameter(_weight.Detach().Clone()), Bias is not null);

    private protected override void OnTied(Parameter from, Parameter to)
    {
        if (_weight == from) _weight = to;
    }

    private static Parameter Shared(Linear other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return !other.Weight.IsOpen ? other.Weight
            : throw new ArgumentException($"A TiedLinear was asked to share the weights of {other.Description}, whose inputs are open; "
                + "give that layer its number of inputs.", nameof(other));
    }
}
