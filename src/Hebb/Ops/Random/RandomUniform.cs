using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>Numbers equally likely in [0, 1): a function of seed, stream and position alone.</summary>
    public readonly record struct RandomUniform(Shape Shape, DType DType, RandomKey Key) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = RandomSpec.Of("RandomUniform", Shape, DType);

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            if (DType == DType.Float32) Philox.Uniform(Key.Seed, Key.Stream, Key.Position, outputs[0].Span<float>());
            else Philox.Uniform(Key.Seed, Key.Stream, Key.Position, outputs[0].Span<double>());
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
            /// <summary>Numbers equally likely in [low, high), the next ones of a stream.</summary>
            /// <exception cref="ShapeException">The type is not a floating-point one.</exception>
            public static Tensor Uniform(Shape shape, Rng rng, double low = 0, double high = 1, DType dtype = DType.Float32)
            {
                Tensor y = Engine.Apply(new RandomUniform(shape, dtype, rng.Take(shape.Count)), [])[0];
                return low == 0 && high == 1 ? y : y * (high - low) + low;
            }
        }
    }
}
