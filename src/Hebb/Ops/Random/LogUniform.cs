namespace Hebb;

public partial class Tensor
{
    /// <summary>
    /// Numbers in [low, high) whose logarithms are equally likely, the next ones of a stream: for rates and penalties,
    /// of which the order of magnitude is searched (Bergstra and Bengio, Random Search for Hyper-Parameter Optimization, 2012).
    /// 10^U(-6, 1) is <c>LogUniform(shape, rng, 1e-6, 10)</c>.
    /// </summary>
    /// <exception cref="ArgumentException">The bounds are not positive and rising, or no numbers of the type.</exception>
    public static Tensor LogUniform(Shape shape, Rng rng, double low, double high, DType dtype = DType.Float32)
    {
        if (!(low > 0 && low < high && double.IsFinite(high)))
            throw new ArgumentOutOfRangeException(nameof(low),
                $"Numbers between {low} and {high} were asked for by their logarithms; give positive bounds, the smaller one first.");
        ElementTypes.RequireHeld(low, dtype);
        ElementTypes.Require(high, dtype);
        // The exponential rounds; the clip keeps what it gives inside the range.
        return Tensor.Uniform(shape, rng, Math.Log(low), Math.Log(high), dtype).Exp().Clip(low, high);
    }
}
