using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>Numbers equally likely in [0, 1): a function of seed, stream and position alone.</summary>
    public readonly record struct RandomUniform(Shape Shape, DType DType, RandomKey Key) : IRandom
    {
        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            RandomKey key = Key;
            return (in v) => Philox.Uniform(key.Seed, key.Stream, key.Position, v.Output<T>(0));
        }
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>Numbers equally likely in [low, high), the next ones of a stream.</summary>
        /// <exception cref="ShapeException">The type is not a floating-point one.</exception>
        public static Tensor Uniform(Shape shape, Rng rng, double low = 0, double high = 1, DType dtype = DType.Float32)
        {
            Tensor y = Engine.Apply(new RandomUniform(shape, dtype, rng.Take(shape.Count)), [])[0];
            return low == 0 && high == 1 ? y : y * (high - low) + low;
        }
    }
}
