using System.Numerics;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y[k] = x[0] + ... + x[k] along an axis, or x[k] + ... + x[n - 1] in reverse; for floating-point and int64 tensors.</summary>
    public readonly record struct CumulativeSum(int Axis, bool IsReverse) : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            inputs[0].Shape.Axis(Axis);
            if (inputs[0].DType == DType.Bool) throw new ShapeException($"CumulativeSum got {inputs[0]}, but truth values do not add; Cast(DType.Int64) first.");
            outputs[0] = new TensorSpec(inputs[0].DType, inputs[0].Shape);
        }

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            switch (inputs[0].DType)
            {
                case DType.Float32: Run<float>(inputs[0], outputs[0]); break;
                case DType.Float64: Run<double>(inputs[0], outputs[0]); break;
                default: Run<long>(inputs[0], outputs[0]); break;
            }
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new CumulativeSum(Axis, !IsReverse)));

        private void Run<T>(Tensor x, Tensor y) where T : unmanaged, INumber<T>
        {
            int axis = x.Shape.Axis(Axis);
            Dims xs = x.Spec.Strides, ys = y.Spec.Strides;
            Scan.Sum(x.Shape.Sizes.Without(axis), x.Shape[axis], xs[axis], x.Span<T>(), xs.Without(axis), ys[axis], y.Span<T>(), ys.Without(axis), IsReverse);
        }
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
