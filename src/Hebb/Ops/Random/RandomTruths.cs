using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>Truth values that hold with a probability, each alone: a function of seed, stream and position alone.</summary>
    public readonly record struct RandomTruths(Shape Shape, double Probability, RandomKey Key) : IOp
    {
        (int Least, int Most) IOp.Operands => (0, 0);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = new TensorSpec(DType.Bool, Shape);

        Kernel IOp.Bind(ref OpCall call)
        {
            (RandomKey key, double probability) = (Key, Probability);
            return (in v) => Philox.Bernoulli(key.Seed, key.Stream, key.Position, probability, v.Output<bool>(0));
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) { }

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(RandomTruths), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>Truth values that hold with a probability, each alone, the next ones of a stream.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The probability is not from 0 to 1.</exception>
        public static Tensor Bernoulli(Shape shape, Rng rng, double probability) =>
            Engine.Apply(new RandomTruths(shape, Probability(probability), rng.Take(shape.Count)), [])[0];

        /// <summary>A probability, once it is one: before anything is drawn with it.</summary>
        private static double Probability(double probability) => probability is >= 0 and <= 1
            ? probability
            : throw new ArgumentOutOfRangeException(
                nameof(probability), $"A probability of {probability} was given; give a number from 0 to 1.");
    }
}
