using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = -t ln σ(z) - (1 - t) ln(1 - σ(z)) = |z| w + ln(1 + e^(-|z|)), w = 1 - t where z > 0 and t elsewhere: the cross-entropy of a
    /// yes-or-no target t and the logit z, without overflow; 0 for a certainty z = ±∞ that is right.
    /// </summary>
    public readonly record struct BceWithLogits : IBinary<BceWithLogits>
    {
        bool IElementwise.IsTranscendental => true;

        bool IBinary<BceWithLogits>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V z, V t)
        {
            V zero = V.Of(0), size = V.Abs(z), wrong = V.SelectLess(zero, z, V.Of(1) - t, t);
            return V.Select(V.Equal(wrong, zero), zero, size * wrong) + V.Softplus(-size);
        }

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => dy.Apply(new BceWithLogitsGrad(), a, b);

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y) => -(dy * a);
    }

    /// <summary>dz = dy (σ(z) - t)</summary>
    internal readonly record struct BceWithLogitsGrad : IFloatOp, ITernaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V ITernaryLane.Lane<V>(V dy, V z, V t)
        {
            // For z > 0 as (1 - t) - σ(-z), which a σ(z) near 1 would lose.
            V zero = V.Of(0), less = V.Sigmoid(z | V.Of(-0.0));
            return dy * V.SelectLess(zero, z, V.Of(1) - t - less, less - t);
        }

        (int Least, int Most) IOp.Operands => (3, 3);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec both = Elementwise.Infer("BceWithLogitsGrad", inputs[1], inputs[2], integers: false);
            outputs[0] = Elementwise.Infer("BceWithLogitsGrad", inputs[0], both, integers: false);
        }

        void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Elementwise.Lay(outputs[0], inputs);

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            Loop loop = Elementwise.Walk(call);
            return (in v) => Map.Ternary(default(BceWithLogitsGrad), loop, v.Input<T>(0), v.Input<T>(1), v.Input<T>(2), v.Output<T>(0));
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Tensor g = flow.Upstream(0), dy = flow.Input(0), z = flow.Input(1);
            if (flow.Needs(0)) flow.Give(0, g.Apply(this, z, flow.Input(2)));
            if (flow.Needs(1)) flow.Give(1, (g * dy).Apply(new SigmoidGrad(), z.Sigmoid()));
            if (flow.Needs(2)) flow.Give(2, -(g * dy));
        }
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor logits)
        {
            /// <summary>
            /// -t ln σ(z) - (1 - t) ln(1 - σ(z)), element by element: the cross-entropy of yes-or-no targets t,
            /// 0 to 1, and logits z, without overflow.
            /// </summary>
            /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
            public Tensor BceWithLogits(Tensor targets) => logits.Apply(new BceWithLogits(), targets);
        }
    }
}
