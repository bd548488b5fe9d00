using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>Value with a probability and 0 otherwise, each element alone: a function of seed, stream and position. Bool masks hold true for the value.</summary>
    public readonly record struct RandomMask(Shape Shape, DType DType, double Probability, double Value, RandomKey Key) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
            outputs[0] = DType == DType.Bool ? new TensorSpec(DType, Shape) : RandomSpec.Of("RandomMask", Shape, DType);

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            switch (DType)
            {
                case DType.Float32: Philox.Bernoulli(Key.Seed, Key.Stream, Key.Position, Probability, (float)Value, outputs[0].Span<float>()); break;
                case DType.Float64: Philox.Bernoulli(Key.Seed, Key.Stream, Key.Position, Probability, Value, outputs[0].Span<double>()); break;
                default: Philox.Bernoulli(Key.Seed, Key.Stream, Key.Position, Probability, outputs[0].Span<bool>()); break;
            }
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) { }
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor)
        {
            /// <summary>Truth values that hold with a probability, each alone, the next ones of a stream.</summary>
            /// <exception cref="ArgumentOutOfRangeException">The probability is not from 0 to 1.</exception>
            public static Tensor Bernoulli(Shape shape, Rng rng, double probability) => RandomValues(shape, rng, probability, 1, DType.Bool);

            /// <summary>A value with a probability, else 0, each element alone: multiplied with, it drops elements and scales the others.</summary>
            /// <exception cref="ArgumentOutOfRangeException">The probability is not from 0 to 1.</exception>
            /// <exception cref="ShapeException">The type is not a floating-point one.</exception>
            public static Tensor DropoutMask(Shape shape, Rng rng, double keepProbability, double value, DType dtype = DType.Float32) =>
                RandomValues(shape, rng, keepProbability, value, dtype);
        }

        private static Tensor RandomValues(Shape shape, Rng rng, double probability, double value, DType dtype)
        {
            if (probability is not (>= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(probability), $"A probability of {probability} was given; give a number from 0 to 1.");
            return Engine.Apply(new RandomMask(shape, dtype, probability, value, rng.Take(shape.Count)), [])[0];
        }
    }
}
