using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>Value with a probability and 0 otherwise, each element alone: a function of seed, stream and position alone.</summary>
    public readonly record struct RandomMask(Shape Shape, DType DType, double Probability, double Value, RandomKey Key) : IRandom
    {
        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            (RandomKey key, double probability, T value) = (Key, Probability, ElementTypes.Of<T>(Value));
            return (in v) => Philox.Bernoulli(key.Seed, key.Stream, key.Position, probability, value, v.Output<T>(0));
        }

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(RandomMask), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>
        /// A value with a probability, else 0, each element alone: multiplied with, it drops elements and scales the others.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">The probability is not from 0 to 1.</exception>
        /// <exception cref="ShapeException">The type is not a floating-point one.</exception>
        public static Tensor DropoutMask(Shape shape, Rng rng, double keepProbability, double value, DType dtype = DType.Float32) =>
            Engine.Apply(new RandomMask(shape, dtype, Probability(keepProbability), value, rng.Take(shape.Count)), [])[0];
    }
}
