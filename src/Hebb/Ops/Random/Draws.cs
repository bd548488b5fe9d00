using Hebb.Kernels;

namespace Hebb;

/// <summary>Tensors of random numbers, a function of the stream's place alone.</summary>
internal static class Draws
{
    /// <summary>U(low, high)</summary>
    public static Tensor Uniform(Shape shape, DType dtype, Rng rng, double low, double high)
    {
        RandomKey key = rng.Take(shape.Count);
        Tensor y = new(new TensorSpec(dtype, shape));
        if (dtype == DType.Float32) Philox.Uniform(key.Seed, key.Stream, key.Position, y.Span<float>());
        else Philox.Uniform(key.Seed, key.Stream, key.Position, y.Span<double>());
        return y * (high - low) + low;
    }

    /// <summary>N(mean, std²)</summary>
    public static Tensor Normal(Shape shape, DType dtype, Rng rng, double mean, double std)
    {
        RandomKey key = rng.Take(shape.Count);
        Tensor y = new(new TensorSpec(dtype, shape));
        if (dtype == DType.Float32) Philox.Normal(key.Seed, key.Stream, key.Position, y.Span<float>());
        else Philox.Normal(key.Seed, key.Stream, key.Position, y.Span<double>());
        return y * std + mean;
    }

    /// <summary>A value with a probability, else 0.</summary>
    public static Tensor Mask(Shape shape, DType dtype, Rng rng, double probability, double value)
    {
        RandomKey key = rng.Take(shape.Count);
        Tensor y = new(new TensorSpec(dtype, shape));
        if (dtype == DType.Float32) Philox.Bernoulli(key.Seed, key.Stream, key.Position, probability, (float)value, y.Span<float>());
        else Philox.Bernoulli(key.Seed, key.Stream, key.Position, probability, value, y.Span<double>());
        return y;
    }
}
