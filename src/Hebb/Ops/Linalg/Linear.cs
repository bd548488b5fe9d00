using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = x Wᵀ + b over the last axis: what a dense layer does. Operands x [..., in], W [out, in] and, if there are three, b [out]; y is [..., out].
    /// </summary>
    public readonly record struct Linear : IActivated
    {
        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec x = inputs[0], w = inputs[1];
            if (x.DType != w.DType || !x.DType.IsFloat)
                throw new ShapeException($"Linear got the input {x} and the weight {w}; both must be floating-point tensors of one type, so convert one with Cast.");
            if (w.Shape.Rank != 2 || x.Shape.Rank == 0 || x.Shape[-1] != w.Shape[1])
                throw new ShapeException($"Linear got the input {x} and the weight {w}; the weight is [out, in], and the last axis of the input has size in.");
            if (inputs.Length > 2 && (inputs[2].DType != x.DType || inputs[2].Shape != [w.Shape[0]]))
                throw new ShapeException($"Linear with the weight {w} got the bias {inputs[2]}; it needs one {x.DType.Name} for each of the {w.Shape[0]} outputs.");
            outputs[0] = new TensorSpec(x.DType, x.Shape.With(-1, w.Shape[0]));
        }

        void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            Tensor? bias = inputs.Length > 2 ? inputs[2] : null;
            if (outputs[0].DType == DType.Float32) Run<float, NoActivation>(inputs[0], inputs[1], bias, outputs[0], default);
            else Run<double, NoActivation>(inputs[0], inputs[1], bias, outputs[0], default);
        }

        Action IActivated.Bind<F>(Tensor[] inputs, Tensor[] outputs, F f)
        {
            Tensor x = inputs[0], w = inputs[1], y = outputs[0];
            Tensor? bias = inputs.Length > 2 ? inputs[2] : null;
            return y.DType == DType.Float32 ? Bind<float, F>(x, w, bias, y, f) : Bind<double, F>(x, w, bias, y, f);
        }

        double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) => 2.0 * outputs[0].Shape.Count * inputs[1].Shape[1];

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
                flow.Give(1, x.Count == x.Shape[-1] ? dy.Reshape(outputs).Outer(x.Reshape(x.Count)) : dy.Reshape(-1, outputs).T.MatMul(x.Reshape(-1, x.Shape[-1])));
            }
            if (flow.InputCount > 2 && flow.Needs(2)) flow.Give(2, dy);
        }

        private static Action Bind<T, F>(Tensor x, Tensor w, Tensor? bias, Tensor y, F f) where T : unmanaged where F : struct, IUnaryLane
        {
            if (x.Rank > 2 || bias is { IsContiguous: false }) return () => Run<T, F>(x, w, bias, y, f);
            Sizes sizes = new(x, w, y);
            return () => Run<T, F>(sizes, x, w, bias, y, f);
        }

        private static void Run<T, F>(Tensor x, Tensor w, Tensor? bias, Tensor y, F f) where T : unmanaged where F : struct, IUnaryLane
        {
            if (x.Rank > 2) x = Elementwise.RowMajor(x);
            if (bias is not null) bias = Elementwise.RowMajor(bias);
            Run<T, F>(new Sizes(x, w, y), x, w, bias, y, f);
            GC.KeepAlive(x);
            GC.KeepAlive(bias);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void Run<T, F>(in Sizes s, Tensor x, Tensor w, Tensor? bias, Tensor y, F f) where T : unmanaged where F : struct, IUnaryLane => Gemm.Run(
            s.Rows, s.Outputs, s.Inputs, x.Span<T>(), s.Row, s.Column, w.Span<T>(), s.WeightRow, s.WeightColumn, y.Span<T>(), s.Outputs,
            bias is null ? default : bias.Span<T>(), f);

        /// <summary>The product's sizes and strides; an x of more than two axes is row-major.</summary>
        private readonly struct Sizes(Tensor x, Tensor w, Tensor y)
        {
            public readonly int Inputs = w.Shape[1], Outputs = w.Shape[0], Rows = w.Shape[0] == 0 ? 0 : y.Count / w.Shape[0],
                Row = x.Rank == 2 ? x.Spec.Strides[0] : w.Shape[1], Column = x.Spec.Strides[x.Rank - 1], WeightRow = w.Spec.Strides[1], WeightColumn = w.Spec.Strides[0];
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
            public Tensor Linear(Tensor weight, Tensor? bias = null) => bias is null ? x.Apply(new Linear(), weight) : x.Apply(new Linear(), weight, bias);
        }
    }
}
