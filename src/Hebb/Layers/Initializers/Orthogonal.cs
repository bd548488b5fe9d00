namespace Hebb.Layers;

/// <summary>
/// Gain times a matrix whose rows, or columns where there are fewer, are orthonormal, so that it keeps lengths; a weight [out, in, kh, kw]
/// is seen as [out, in · kh · kw] (Saxe, McClelland and Ganguli, Exact Solutions to the Nonlinear Dynamics of Learning in Deep Linear
/// Neural Networks, 2014).
/// </summary>
/// <param name="Gain">1 by default.</param>
public sealed record Orthogonal(double Gain = 1) : ILateStart
{
    /// <summary>What the matrix is multiplied by.</summary>
    public double Gain { get; } = Argument.Finite(Gain);

    /// <inheritdoc/>
    public Tensor Draw(Shape shape, DType dtype, Rng rng)
    {
        ((ILateStart)this).Require(shape);
        int rows = shape[0], columns = shape.Count / rows, few = Math.Min(rows, columns), many = Math.Max(rows, columns);
        // In double precision: few vectors of many numbers, made orthonormal one after the other, twice each against rounding.
        double[] vectors = Tensor.Normal([few, many], rng, 0, 1, DType.Float64).ToArray<double>();
        for (int i = 0; i < few; i++)
        {
            Span<double> mine = vectors.AsSpan(i * many, many);
            for (int pass = 0; pass < 2; pass++)
            {
                for (int j = 0; j < i; j++)
                {
                    ReadOnlySpan<double> other = vectors.AsSpan(j * many, many);
                    double along = Dot(mine, other);
                    for (int k = 0; k < many; k++) mine[k] -= along * other[k];
                }
            }
            double length = Math.Sqrt(Dot(mine, mine));
            for (int k = 0; k < many; k++) mine[k] /= length;
        }
        Tensor q = Tensor.From(vectors, [few, many]);
        return (rows <= columns ? q : q.T).Contiguous().Reshape(shape).Cast(dtype) * Gain;
    }

    void ILateStart.Require(Shape shape)
    {
        if (shape.Rank < 2)
            throw new ShapeException($"Orthogonal start values were asked for the shape {shape}, "
                + "but only weights [out, in, ...] have rows to be orthogonal; use Uniform, Normal or Constant.");
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(Orthogonal), PrintMembers);
}
