using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// For each column x of scores along an axis: ln Σⱼ e^(xⱼ) - x_t for a class index t, or -Σᵢ qᵢ ln pᵢ with p = softmax(x) for target
    /// probabilities q. Operands: the scores, and int64 classes in their shape without the axis or probabilities in their shape. The class
    /// Ignored, if there is one, has loss 0. The second result, p, serves the gradient.
    /// </summary>
    public readonly record struct SoftmaxCrossEntropy(int Axis, long? Ignored) : IFloatOp
    {
        int IOp.OutputCount => 2;

        (int Least, int Most) IOp.Operands => (2, 2);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec x = inputs[0], target = inputs[1];
            outputs[1] = Columns.Infer("SoftmaxCrossEntropy", x, Axis);
            Shape columns = x.Shape.Without(Axis);
            TargetSpecs.RequireClasses("SoftmaxCrossEntropy", x, target, Axis, takesShares: true);
            outputs[0] = new TensorSpec(x.DType, columns);
        }

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            (int outer, int size, int inner) = Columns.Of(call.RowMajor(0).Shape, Axis);
            if (call.RowMajor(1).DType != DType.Int64)
                return (in v) =>
                    Kernels.SoftmaxCrossEntropy.Forward(v.Input<T>(0), v.Input<T>(1), v.Output<T>(0), v.Output<T>(1), outer, size, inner);
            long ignored = Ignored ?? ClassTargets.IgnoresNone;
            return (in v) => Kernels.SoftmaxCrossEntropy.Forward(
                v.Input<T>(0), v.Input<long>(1), v.Output<T>(0), v.Output<T>(1), outer, size, inner, ignored);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Tensor target = flow.Input(1), p = flow.Output(1);
            if (flow.Needs(0))
            {
                if (flow.HasUpstream(0)) flow.Give(0, flow.Upstream(0).Apply(new SoftmaxCrossEntropyGrad(Axis, Ignored), p, target));
                if (flow.HasUpstream(1)) flow.Give(0, flow.Upstream(1).Apply(new SoftmaxGrad(Axis), p));
            }
            if (flow.Needs(1)) flow.Give(1, -(flow.Upstream(0).Unsqueeze(Axis) * flow.Input(0).LogSoftmax(Axis)));
        }

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(SoftmaxCrossEntropy), PrintMembers);
    }

    /// <summary>
    /// dxᵢ = (pᵢ - [i = t]) g for a class t, 0 if it is Ignored, or (pᵢ Σⱼ qⱼ - qᵢ) g for probabilities q. Operands: g, p, and the targets.
    /// </summary>
    internal readonly record struct SoftmaxCrossEntropyGrad(int Axis, long? Ignored) : IFloatOp
    {
        (int Least, int Most) IOp.Operands => (3, 3);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec g = inputs[0], p = inputs[1];
            outputs[0] = Columns.Infer("SoftmaxCrossEntropyGrad", p, Axis);
            if (g.DType != p.DType || g.Shape != p.Shape.Without(Axis))
                throw new ShapeException(
                    $"SoftmaxCrossEntropyGrad got the gradient {g} of the losses of {p}; it must have one {p.DType.Name} for each column.");
        }

        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            call.RowMajor(0);
            (int outer, int size, int inner) = Columns.Of(call.RowMajor(1).Shape, Axis);
            if (call.RowMajor(2).DType != DType.Int64)
                return (in v) =>
                    Kernels.SoftmaxCrossEntropy.Backward(v.Input<T>(1), v.Input<T>(2), v.Input<T>(0), v.Output<T>(0), outer, size, inner);
            long ignored = Ignored ?? ClassTargets.IgnoresNone;
            return (in v) => Kernels.SoftmaxCrossEntropy.Backward(
                v.Input<T>(1), v.Input<long>(2), v.Input<T>(0), v.Output<T>(0), outer, size, inner, ignored);
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Tensor h = flow.Upstream(0), g = flow.Input(0), p = flow.Input(1), target = flow.Input(2);
            bool hasClasses = target.DType == DType.Int64;
            if (flow.Needs(0))
            {
                Tensor slope = Tensor.Ones(g.Shape, g.DType).Apply(this, p, target);
                flow.Give(0, (h * slope).Sum(Axis));
            }
            Tensor wide = (Ignored is { } ignored && hasClasses ? Tensor.Where(target.EqualTo(ignored), 0, g) : g).Unsqueeze(Axis);
            if (flow.Needs(1)) flow.Give(1, hasClasses ? h * wide : h * wide * target.Sum([Axis], keepAxes: true));
            if (flow.Needs(2)) flow.Give(2, wide * ((h * p).Sum([Axis], keepAxes: true) - h));
        }
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor scores)
        {
            /// <summary>
            /// -ln p_t with p = softmax(scores) for class indices t, or -Σᵢ qᵢ ln pᵢ for target probabilities q, of each item:
            /// softmax and cross-entropy in one, without overflow. Scores [N, C] with classes [N] or probabilities [N, C];
            /// scores [N, C, H, W] with classes [N, H, W].
            /// </summary>
            /// <param name="targets">int64 classes, or probabilities of the scores' type and shape.</param>
            /// <param name="axis">The axis of the scores that the classes lie along.</param>
            /// <param name="ignored">A class index that marks items without a target, whose loss is 0; null if there is none.</param>
            /// <exception cref="ShapeException">Scores and targets do not fit each other.</exception>
            /// <exception cref="ArgumentException">A class is out of range.</exception>
            public Tensor SoftmaxCrossEntropy(Tensor targets, int axis = 1, long? ignored = null) =>
                scores.Apply(new SoftmaxCrossEntropy(scores.Shape.Axis(axis), ignored), targets);
        }
    }
}
