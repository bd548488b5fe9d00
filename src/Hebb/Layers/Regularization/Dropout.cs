namespace Hebb.Layers;

/// <summary>
/// y = m x / (1 - a) in training, with a mask m of zeros (probability a) and ones; y = x in evaluation (Srivastava, Hinton, Krizhevsky,
/// Sutskever and Salakhutdinov, 2014, in the inverted form). Masks are drawn from <see cref="Module.Noise"/>.
/// </summary>
public sealed class Dropout : Module
{
    private readonly double _dropProbability;

    /// <summary>A layer that drops units with a probability.</summary>
    /// <param name="dropProbability">a, from 0 to below 1; what some books call the keep probability is 1 - a.</param>
    public Dropout(double dropProbability = 0.5) =>
        _dropProbability = dropProbability is >= 0 and < 1 ? dropProbability
            : throw new ArgumentOutOfRangeException(
                nameof(dropProbability), $"A drop probability of {dropProbability} was given; give one from 0 to below 1.");

    /// <summary>1 - a, how likely a unit stays.</summary>
    public double KeepProbability => 1 - _dropProbability;

    /// <summary>
    /// Whether training leaves the kept units as they are, y = m x, and evaluation scales all, y = (1 - a) x, which does the same to the
    /// next layer as scaling its weights by the keep probability. False by default.
    /// </summary>
    public bool ScalesInEvaluation { get; init; }

    /// <summary>Whether one mask serves all samples of a batch (axis 0); by default each sample has its own.</summary>
    public bool IsPerBatch { get; init; }

    /// <summary>
    /// Whether whole channels, axis 1 of [N, C, ...], fall or stay, since neighbors in an image tell almost the same (Tompson et al.,
    /// 2015); by default each unit falls alone.
    /// </summary>
    public bool IsPerChannel { get; init; }

    /// <summary>Whether exactly the fraction a of a mask's units, rounded, is dropped; by default each unit falls alone.</summary>
    public bool IsExactFraction { get; init; }

    /// <inheritdoc/>
    public override string Details =>
        $"{_dropProbability}" + (ScalesInEvaluation ? ", scales in evaluation" : "") + (IsPerBatch ? ", one mask a batch" : "")
        + (IsPerChannel ? ", whole channels" : "") + (IsExactFraction ? ", exact fraction" : "");

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (_dropProbability == 0) return x;
        if (!IsTraining) return ScalesInEvaluation ? x * KeepProbability : x;
        if (x.Rank == 0 && (IsPerBatch || IsExactFraction)) throw Misfit(x, "at least one axis, the batch; give it one");
        if (IsPerChannel && x.Rank < 2) throw Misfit(x, "[N, C, ...]; give it channels, or drop units alone");
        Shape shape = IsPerBatch ? x.Shape.With(0, 1) : x.Shape;
        for (int i = 2; i < x.Rank && IsPerChannel; i++) shape = shape.With(i, 1);
        double scale = ScalesInEvaluation ? 1 : 1 / KeepProbability;
        return x * (IsExactFraction ? Exact(shape, x.DType, scale) : Tensor.DropoutMask(shape, Noise, KeepProbability, scale, x.DType));
    }

    /// <inheritdoc/>
    protected internal override Module New() =>
        new Dropout(_dropProbability)
        {
            ScalesInEvaluation = ScalesInEvaluation,
            IsPerBatch = IsPerBatch,
            IsPerChannel = IsPerChannel,
            IsExactFraction = IsExactFraction
        };

    /// <summary>A mask in which each sample drops the same number of units: those with the smallest of as many random numbers.</summary>
    private Tensor Exact(Shape shape, DType dtype, double scale)
    {
        int samples = shape[0], units = samples == 0 ? 0 : shape.Count / samples, dropped = (int)Math.Round(_dropProbability * units);
        using (new NoGrad())
        {
            Tensor order = Tensor.Uniform([samples, units], Noise).ArgSort(1);
            Tensor kept = order.Narrow(1, dropped, units - dropped);
            return Tensor.Zeros([samples, units], dtype).Scatter(1, kept, Tensor.Full(kept.Shape, scale, dtype)).Reshape(shape);
        }
    }
}
