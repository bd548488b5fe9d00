using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>Normally distributed numbers of mean 0 and variance 1: a function of seed, stream and position alone.</summary>
    public readonly record struct RandomNormal(Shape Shape, DType DType, RandomKey Key) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = RandomSpec.Of("RandomNormal", Shape, DType);

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            if (DType == DType.Float32) Philox.Normal(Key.Seed, Key.Stream, Key.Position, outputs[0].Span<float>());
            else Philox.Normal(Key.Seed, Key.Stream, Key.Position, outputs[0].Span<double>());
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
            /// <summary>Numbers of the normal distribution N(mean, std²), the next ones of a stream.</summary>
            /// <exception cref="ShapeException">The type is not a floating-point one.</exception>
            public static Tensor Normal(Shape shape, Rng rng, double mean = 0, double std = 1, DType dtype = DType.Float32)
            {
                Tensor y = Engine.Apply(new RandomNormal(shape, dtype, rng.Take(shape.Count)), [])[0];
                return mean == 0 && std == 1 ? y : y * std + mean;
            }
        }
    }
}
