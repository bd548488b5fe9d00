namespace Hebb.Layers;

/// <summary>Where the start values of a parameter come from.</summary>
public interface IInitializer
{
    /// <summary>Draws start values; the same place of the same stream gives the same values.</summary>
    /// <param name="shape">The parameter's shape; weights are [out, in] or [out, in, kh, kw].</param>
    /// <param name="dtype">float32 or float64.</param>
    /// <param name="rng">What to draw from.</param>
    Tensor Draw(Shape shape, DType dtype, Rng rng);
}
