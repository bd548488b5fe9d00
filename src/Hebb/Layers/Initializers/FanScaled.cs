namespace Hebb.Layers;

/// <summary>By which of its fans the spread of a weight's start values shrinks.</summary>
public enum Fan
{
    /// <summary>How many numbers feed one output.</summary>
    In,

    /// <summary>How many outputs one input feeds.</summary>
    Out,

    /// <summary>The mean of both.</summary>
    Mean,
}

/// <summary>Start values of mean 0 and standard deviation gain / √fan, normal or uniform.</summary>
/// <param name="Gain">What an activation function needs more than the identity, such as √2 for rectified units.</param>
/// <param name="Fan">Which fan counts.</param>
/// <param name="IsUniform">Whether the law is U(-√3 std, √3 std); otherwise it is normal.</param>
public sealed record FanScaled(double Gain, Fan Fan, bool IsUniform) : ILateStart
{
    /// <summary>What the spread is multiplied by.</summary>
    public double Gain { get; } = Argument.Finite(Gain);

    /// <summary>The standard deviation for a weight of a shape.</summary>
    /// <exception cref="ShapeException">The shape has fewer than two axes, so that it has no fans.</exception>
    public double Std(Shape shape)
    {
        if (shape.Rank < 2)
            throw new ShapeException($"Start values scaled by fans were asked for the shape {shape}, "
                + "but only weights [out, in, ...] have fans; use Uniform, Normal or Constant.");
        double kernel = 1;
        for (int i = 2; i < shape.Rank; i++) kernel *= shape[i];
        double into = kernel * shape[1], outOf = kernel * shape[0];
        return Gain / Math.Sqrt(Fan switch { Fan.In => into, Fan.Out => outOf, _ => (into + outOf) / 2 });
    }

    void ILateStart.Require(Shape shape) => Std(shape);

    /// <inheritdoc/>
    public Tensor Draw(Shape shape, DType dtype, Rng rng)
    {
        double std = Std(shape), bound = Math.Sqrt(3) * std;
        return IsUniform ? Tensor.Uniform(shape, rng, -bound, bound, dtype) : Tensor.Normal(shape, rng, 0, std, dtype);
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(FanScaled), PrintMembers);
}
