using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>Normally distributed numbers of mean 0 and variance 1: a function of seed, stream and position alone.</summary>
    public readonly record struct RandomNormal(Shape Shape, DType DType, RandomKey Key) : IRandom
    {
        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            RandomKey key = Key;
            return (in v) => Philox.Normal(key.Seed, key.Stream, key.Position, v.Output<T>(0));
        }
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>Numbers of the normal distribution N(mean, std²), the next ones of a stream.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The mean is not finite, or the deviation not finite and 0 or more.</exception>
        /// <exception cref="ShapeException">The type is not a floating-point one.</exception>
        public static Tensor Normal(Shape shape, Rng rng, double mean = 0, double std = 1, DType dtype = DType.Float32)
        {
            Argument.Finite(mean);
            Argument.AtLeast(std, 0);
            Tensor y = Engine.Apply(new RandomNormal(shape, dtype, rng.Take(shape.Count)), [])[0];
            return mean == 0 && std == 1 ? y : y * std + mean;
        }
    }
}
