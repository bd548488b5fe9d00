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

internal static class DrawnValues
{
    /// <summary>Start values, refused if they are not what was asked for.</summary>
    public static Tensor DrawChecked(this IInitializer start, Shape shape, DType dtype, Rng rng)
    {
        Tensor drawn = start.Draw(shape, dtype, rng)
            ?? throw Argument.Nothing($"{start.GetType().Name}.Draw", "start values of the given shape and type");
        return drawn.Shape == shape && drawn.DType == dtype ? drawn
            : throw new ShapeException($"{start.GetType().Name}.Draw made {drawn.Spec} where {new TensorSpec(dtype, shape)} was asked for; "
                + "draw values of the given shape and type.");
    }
}
