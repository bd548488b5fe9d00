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
        /// <exception cref="ArgumentException">
        /// A bound is not a finite number of the type, high is below low, or they are too far apart.
        /// </exception>
        /// <exception cref="ShapeException">The type is not a floating-point one.</exception>
        public static Tensor Uniform(Shape shape, Rng rng, double low = 0, double high = 1, DType dtype = DType.Float32)
        {
            Argument.Range(low, high);
            ElementTypes.Require(low, dtype);
            ElementTypes.Require(high, dtype);
            Tensor y = Engine.Apply(new RandomUniform(shape, dtype, rng.Take(shape.Count)), [])[0];
            if (low == 0 && high == 1) return y;
            // The sum rounds, to the end too where the range has few numbers.
            double last = dtype == DType.Float32 ? MathF.BitDecrement((float)high) : Math.BitDecrement(high);
            return (y * (high - low) + low).Clip(double.NegativeInfinity, Math.Max(low, last));
        }
    }
}
