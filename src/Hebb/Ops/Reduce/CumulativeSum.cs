using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y[k] = x[0] + ... + x[k] along an axis, or x[k] + ... + x[n - 1] in reverse; for floating-point and int64 tensors.
    /// </summary>
    public readonly record struct CumulativeSum(int Axis, bool IsReverse) : INumberOp
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            inputs[0].Shape.Axis(Axis);
            if (inputs[0].DType == DType.Bool)
                throw new ShapeException($"CumulativeSum got {inputs[0]}, but truth values do not add; Cast(DType.Int64) first.");
            outputs[0] = new TensorSpec(inputs[0].DType, inputs[0].Shape);
        }

        Kernel INumberKernel.Bind<T>(ref OpCall call)
        {
            (TensorSpec x, bool isReverse) = (call.Input(0), IsReverse);
            int axis = x.Shape.Axis(Axis), size = x.Shape[axis];
            (Dims sizes, Dims xs, Dims ys) = (x.Shape.Sizes.Without(axis), x.Strides, call.Output(0).Strides);
            (int xStep, int yStep, Dims xRest, Dims yRest) = (xs[axis], ys[axis], xs.Without(axis), ys.Without(axis));
            return (in v) => Scan.Sum(sizes, size, xStep, v.Input<T>(0), xRest, yStep, v.Output<T>(0), yRest, isReverse);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new CumulativeSum(Axis, !IsReverse)));

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(CumulativeSum), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>The running total x[0] + ... + x[k] along an axis, or x[k] + ... + x[n - 1] in reverse.</summary>
            /// <exception cref="ShapeException">The axis does not exist, or the tensor is bool.</exception>
            public Tensor CumulativeSum(int axis = 0, bool reverse = false) => x.Apply(new CumulativeSum(x.Shape.Axis(axis), reverse));
        }
    }
}
