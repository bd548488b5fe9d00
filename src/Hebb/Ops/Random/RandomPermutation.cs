using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// The whole numbers from 0 to below Count in random order, all orders equally likely: a function of seed, stream and position alone.
    /// </summary>
    public readonly record struct RandomPermutation(int Count, RandomKey Key) : IOp
    {
        (int Least, int Most) IOp.Operands => (0, 0);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = new TensorSpec(DType.Int64, [Count]);

        Kernel IOp.Bind(ref OpCall call)
        {
            (RandomKey key, int count) = (Key, Count);
            return (in v) =>
            {
                int[] order = new int[count];
                Philox.Permutation(key.Seed, key.Stream, key.Position, order);
                Span<long> to = v.Output<long>(0);
                for (int i = 0; i < order.Length; i++) to[i] = order[i];
            };
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) { }

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(RandomPermutation), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>The whole numbers from 0 to below count in random order, drawn with the next numbers of a stream.</summary>
        /// <exception cref="ShapeException">The count is negative.</exception>
        public static Tensor RandomPermutation(int count, Rng rng)
        {
            Shape shape = [count];
            return Engine.Apply(new RandomPermutation(count, rng.Take(shape.Count)), [])[0];
        }
    }
}
