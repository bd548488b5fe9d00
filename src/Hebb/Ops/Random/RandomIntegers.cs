using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>Whole numbers from 0 to below Count, all equally likely: a function of seed, stream and position alone.</summary>
    public readonly record struct RandomIntegers(Shape Shape, long Count, RandomKey Key) : IOp
    {
        (int Least, int Most) IOp.Operands => (0, 0);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = new TensorSpec(DType.Int64, Shape);

        Kernel IOp.Bind(ref OpCall call)
        {
            (RandomKey key, long count) = (Key, Count);
            return (in v) => Philox.Integers(key.Seed, key.Stream, key.Position, count, v.Output<long>(0));
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) { }

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(RandomIntegers), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>Whole numbers from low to below high, all equally likely, the next ones of a stream.</summary>
        /// <exception cref="ArgumentException">high is not above low.</exception>
        public static Tensor RandomIntegers(Shape shape, Rng rng, long low, long high)
        {
            if (high <= low || high - low < 0)
                throw new ArgumentException($"RandomIntegers was asked for numbers from {low} to below {high}; "
                    + "the end must be above the start, by less than 2^63.");
            Tensor y = Engine.Apply(new RandomIntegers(shape, high - low, rng.Take(shape.Count)), [])[0];
            return low == 0 ? y : y + y.Like(low);
        }
    }
}
