using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y[..., i, j] = Σₚ a[..., i, p] · b[..., p, j]: the matrix product of the last two axes, for every position of the leading axes, which broadcast. Any
    /// strides, so a transposed view costs nothing.
    /// </summary>
    public readonly record struct MatMul : IOp
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec a = inputs[0], b = inputs[1];
            if (a.DType != b.DType || !a.DType.IsFloat)
                throw new ShapeException($"MatMul got {a} and {b}; it multiplies floating-point matrices of one type, so convert one with Cast.");
            if (a.Shape.Rank < 2 || b.Shape.Rank < 2 || a.Shape[-1] != b.Shape[-2])
                throw new ShapeException($"MatMul got {a} and {b}; the last axis of the first must be as long as the last but one of the second.");
            if (!Shape.TryBroadcast(Batch(a.Shape), Batch(b.Shape), out Shape batch))
                throw new ShapeException($"MatMul got {a} and {b}, whose leading axes do not broadcast; counted from the end they must be equal or 1.");
            outputs[0] = new TensorSpec(a.DType, batch.Insert(batch.Rank, a.Shape[-2]).Insert(batch.Rank + 1, b.Shape[-1]));
        }

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            if (outputs[0].DType == DType.Float32) Run<float>(inputs[0], inputs[1], outputs[0]);
            else Run<double>(inputs[0], inputs[1], outputs[0]);
        }

        Action IOp.Bind(Tensor[] inputs, Tensor[] outputs)
        {
            Tensor a = inputs[0], b = inputs[1], y = outputs[0];
            if (y.Rank == 2 && y.Count > 0) return y.DType == DType.Float32 ? Bind<float>(a, b, y) : Bind<double>(a, b, y);
            IOp product = this;
            return () => product.Run(inputs, outputs);
        }

        double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) => 2.0 * outputs[0].Shape.Count * inputs[0].Shape[-1];

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Tensor dy = flow.Upstream(0);
            if (flow.Needs(0)) flow.Give(0, dy.MatMul(flow.Input(1).T));
            if (flow.Needs(1)) flow.Give(1, flow.Input(0).T.MatMul(dy));
        }

        private static Shape Batch(Shape shape) => new(shape.AsSpan()[..^2]);

        /// <summary>One product of two matrices.</summary>
        private static Action Bind<T>(Tensor a, Tensor b, Tensor y) where T : unmanaged
        {
            int m = y.Shape[0], n = y.Shape[1], k = a.Shape[1];
            (int aRow, int aColumn, int bRow, int bColumn) = (a.Spec.Strides[0], a.Spec.Strides[1], b.Spec.Strides[0], b.Spec.Strides[1]);
            return () => Gemm.Run(m, n, k, a.Span<T>(), aRow, aColumn, b.Span<T>(), bRow, bColumn, y.Span<T>(), n);
        }

        private static void Run<T>(Tensor a, Tensor b, Tensor y) where T : unmanaged
        {
            Span<int> sizes = stackalloc int[Dims.MaxRank], stepsA = stackalloc int[Dims.MaxRank], stepsB = stackalloc int[Dims.MaxRank];
            int axes = Merge(a.Spec, b.Spec, y.Shape, sizes, stepsA, stepsB);
            int m = y.Shape[-2], n = y.Shape[-1], k = a.Shape[-1];
            (int aRow, int aColumn) = (a.Spec.Strides[a.Rank - 2], a.Spec.Strides[a.Rank - 1]);
            (int bRow, int bColumn) = (b.Spec.Strides[b.Rank - 2], b.Spec.Strides[b.Rank - 1]);
            int inner = sizes[axes - 1], outer = 1;
            for (int i = 0; i < axes - 1; i++) outer *= sizes[i];
            if (y.Count == 0) return;
            for (int i = 0; i < outer; i++)
            {
                int atA = 0, atB = 0, left = i;
                for (int axis = axes - 2; axis >= 0; axis--)
                {
                    atA += left % sizes[axis] * stepsA[axis];
                    atB += left % sizes[axis] * stepsB[axis];
                    left /= sizes[axis];
                }
                Span<T> to = y.Span<T>()[(i * inner * m * n)..];
                ReadOnlySpan<T> fromA = k == 0 ? default : a.Span<T>()[atA..], fromB = k == 0 ? default : b.Span<T>()[atB..];
                if (inner == 1) Gemm.Run(m, n, k, fromA, aRow, aColumn, fromB, bRow, bColumn, to, n);
                else Gemm.Batched(inner, m, n, k, fromA, stepsA[axes - 1], aRow, aColumn, fromB, stepsB[axes - 1], bRow, bColumn, to, m * n, n);
            }
        }

        /// <summary>The leading axes, as few as can be: neighbours that both operands walk in one line are merged. At least one is returned.</summary>
        private static int Merge(in TensorSpec a, in TensorSpec b, in Shape y, Span<int> sizes, Span<int> stepsA, Span<int> stepsB)
        {
            int axes = 0;
            for (int i = 0; i < y.Rank - 2; i++)
            {
                int size = y[i], stepA = Step(a, i - y.Rank), stepB = Step(b, i - y.Rank);
                if (size == 1) continue;
                if (axes > 0 && stepsA[axes - 1] == stepA * size && stepsB[axes - 1] == stepB * size)
                {
                    sizes[axes - 1] *= size;
                }
                else
                {
                    sizes[axes++] = size;
                }
                (stepsA[axes - 1], stepsB[axes - 1]) = (stepA, stepB);
            }
            if (axes > 0) return axes;
            sizes[0] = 1;
            return 1;
        }

        /// <summary>How far an operand moves along an axis counted from the end; not at all where it is broadcast.</summary>
        private static int Step(in TensorSpec x, int fromEnd)
        {
            int axis = x.Shape.Rank + fromEnd;
            return axis < 0 || x.Shape[axis] == 1 ? 0 : x.Strides[axis];
        }
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor a)
        {
            /// <summary>
            /// The matrix product over the last axis of a and the last but one of b; further leading axes broadcast. A vector on the left counts as a row, on the
            /// right as a column, and its axis is left out of the result.
            /// </summary>
            /// <exception cref="ShapeException">Types or sizes do not fit, or an operand is a scalar.</exception>
            public Tensor MatMul(Tensor b)
            {
                if (a.Rank == 0 || b.Rank == 0) throw new ShapeException($"MatMul got {a.Spec} and {b.Spec}, but a scalar is no matrix; multiply with *.");
                if (a.Rank == 1) return a.Unsqueeze(0).MatMul(b).Squeeze(b.Rank == 1 ? 0 : -2);
                if (b.Rank == 1) return a.MatMul(b.Unsqueeze(1)).Squeeze(-1);
                if (a.Rank == 2 || b.Rank != 2) return a.Apply(new MatMul(), b);
                // One matrix for all: the leading axes of a are more rows of one product.
                return a.Reshape(-1, a.Shape[-1]).Apply(new MatMul(), b).Reshape(a.Shape.With(-1, b.Shape[-1]));
            }

            /// <summary>a · b = Σ a b: the inner product of two vectors.</summary>
            /// <exception cref="ShapeException">Not two vectors of one type and length.</exception>
            public Tensor Dot(Tensor b) => a.Rank == 1 && b.Rank == 1
                ? a.MatMul(b)
                : throw new ShapeException($"Dot got {a.Spec} and {b.Spec}, but it multiplies two vectors; use MatMul for matrices.");

            /// <summary>y[i, j] = a[i] · b[j]: the outer product of two vectors.</summary>
            /// <exception cref="ShapeException">Not two vectors of one type.</exception>
            public Tensor Outer(Tensor b) => a.Rank == 1 && b.Rank == 1
                ? a.Unsqueeze(1) * b.Unsqueeze(0)
                : throw new ShapeException($"Outer got {a.Spec} and {b.Spec}, but it multiplies two vectors; Flatten them first.");
        }
    }
}
