using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>A view of the elements whose positions along two axes are equal; these become one last axis.</summary>
    public readonly record struct Diagonal(int A, int B) : IView
    {
        (TensorSpec Spec, int Offset) IView.View(in TensorSpec input)
        {
            int a = input.Shape.Axis(A), b = input.Shape.Axis(B);
            if (a == b) throw new ShapeException($"Diagonal of {input} was asked along axis {a} twice; name two axes.");
            (int first, int second) = (Math.Min(a, b), Math.Max(a, b));
            int size = Math.Min(input.Shape[a], input.Shape[b]), rank = input.Shape.Rank - 2;
            Shape shape = input.Shape.Without(second).Without(first).Insert(rank, size);
            int step = size > 1 ? input.Strides[a] + input.Strides[b] : 1;
            Dims strides = input.Strides.Without(second).Without(first).Insert(rank, step);
            return (new TensorSpec(input.DType, shape, strides), 0);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new DiagonalGrad(flow.InputSpec(0).Shape, A, B)));

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(Diagonal), PrintMembers);
    }

    /// <summary>Zeros of the target shape with x on the diagonal of two axes: what the gradient of a diagonal is.</summary>
    internal readonly record struct DiagonalGrad(Shape Target, int A, int B) : IAnyOp
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            outputs[0] = new TensorSpec(inputs[0].DType, Target);
            IView diagonal = new Diagonal(A, B);
            Shape shape = diagonal.View(outputs[0]).Spec.Shape;
            if (inputs[0].Shape != shape)
                throw new ShapeException(
                    $"DiagonalGrad got {inputs[0]} for the diagonal of {Target}, which has the shape {shape}; give that shape.");
        }

        Kernel IAnyKernel.Bind<T>(ref OpCall call)
        {
            Kernel put = Views.Put(0, call.Input(0), call.Output(0), new Diagonal(A, B));
            return (in v) =>
            {
                v.Output<T>(0).Clear();
                put(v);
            };
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new Diagonal(A, B)));
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>A view of the elements whose positions along two axes are equal; these become one last axis.</summary>
            /// <exception cref="ShapeException">An axis does not exist, or both are the same.</exception>
            public Tensor Diagonal(int a = -2, int b = -1) => x.Apply(new Diagonal(x.Shape.Axis(a), x.Shape.Axis(b)));

            /// <summary>Σ x[i, i] over two axes.</summary>
            /// <exception cref="ShapeException">An axis does not exist, or both are the same.</exception>
            public Tensor Trace(int a = -2, int b = -1) => x.Diagonal(a, b).Sum(-1);
        }
    }
}
