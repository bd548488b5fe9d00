using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = x Wᵀ + b over the last axis: what a dense layer does. Operands x [..., in], W [out, in] and,
    /// if there are three, b [out]; y is [..., out].
    /// </summary>
    public readonly record struct Linear : IPairActivated
    {
        (int Least, int Most) IOp.Operands => (2, 3);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec x = inputs[0], w = inputs[1];
            if (x.DType != w.DType || !x.DType.IsFloat)
                throw new ShapeException($"Linear got the input {x} and the weight {w}; "
                    + "both must be floating-point tensors of one type, so convert one with Cast.");
            if (w.Shape.Rank != 2 || x.Shape.Rank == 0 || x.Shape[-1] != w.Shape[1])
                throw new ShapeException(
                    $"Linear got the input {x} and the weight {w}; the weight is [out, in], and the last axis of the input has size in.");
            if (inputs.Length > 2 && (inputs[2].DType != x.DType || inputs[2].Shape != [w.Shape[0]]))
                throw new ShapeException($"Linear with the weight {w} got the bias {inputs[2]}; "
                    + $"it needs one {x.DType.Name} for each of the {w.Shape[0]} outputs.");
            outputs[0] = new TensorSpec(x.DType, x.Shape.With(-1, w.Shape[0]));
        }

        Kernel IPairActivated.BindPair<T, F>(ref OpCall call, F f, bool hasOther)
        {
            if (call.Input(0).Shape.Rank > 2) call.RowMajor(0);
            for (int i = 2; i < call.InputCount; i++) call.RowMajor(i);
            bool hasBias = call.InputCount > (hasOther ? 3 : 2);
            return new Product<T, F>(call.Input(0), call.Input(1), call.Output(0), hasBias, hasOther ? call.InputCount - 1 : 0, f).Run;
        }

        double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) =>
            2.0 * outputs[0].Shape.Count * inputs[1].Shape[1];

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Tensor dy = flow.Upstream(0);
            int outputs = dy.Shape[-1];
            if (flow.Needs(0)) flow.Give(0, dy.MatMul(flow.Input(1)));
            if (flow.Needs(1))
            {
                Tensor x = flow.Input(0);
                // For one row it is an outer product, elementwise, so that an update can compute it on the way.
                int rows = x.Shape.Without(-1).Count;
                Tensor dw = rows == 1
                    ? dy.Reshape(outputs).Outer(x.Reshape(x.Count))
                    : dy.Reshape(rows, outputs).T.MatMul(x.Reshape(rows, x.Shape[-1]));
                flow.Give(1, dw);
            }
            if (flow.InputCount > 2 && flow.Needs(2)) flow.Give(2, dy);
        }

        /// <summary>The product with its sizes and strides; an x of more than two axes is row-major.</summary>
        private sealed class Product<T, F>(in TensorSpec x, in TensorSpec w, in TensorSpec y, bool hasBias, int other, F f)
            where T : unmanaged where F : struct, IBinaryLane
        {
            private readonly int _inputs = w.Shape[1], _outputs = w.Shape[0], _rows = w.Shape[0] == 0 ? 0 : y.Shape.Count / w.Shape[0];
            private readonly int _row = x.Shape.Rank == 2 ? x.Strides[0] : w.Shape[1], _column = x.Strides[x.Shape.Rank - 1];
            private readonly int _weightRow = w.Strides[1], _weightColumn = w.Strides[0];

            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public void Run(in OpValues values) => Gemm.Run(
                _rows, _outputs, _inputs, values.Input<T>(0), _row, _column, values.Input<T>(1), _weightRow, _weightColumn,
                values.Output<T>(0), _outputs, hasBias ? values.Input<T>(2) : default, f,
                other: other > 0 ? values.Input<T>(other) : default);
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
            /// <summary>y = x Wᵀ + b over the last axis: x [..., in], W [out, in], b [out] if there is one; y is [..., out].</summary>
            /// <exception cref="ShapeException">Types or sizes do not fit.</exception>
            public Tensor Linear(Tensor weight, Tensor? bias = null) =>
                bias is null ? x.Apply(new Linear(), weight) : x.Apply(new Linear(), weight, bias);
        }
    }
}
