using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y[n, o, i, j] = b[o] + Σ x[n, c, i·s + u·d - p, j·s + v·d - p] · w[o, c, u, v], summed over c, u, v: cross-correlation, the kernel
    /// is not flipped. Operands x [N, C, H, W], w [O, C / groups, KH, KW] and, if there are three, b [O]; y is [N, O, H', W'].
    /// </summary>
    public readonly record struct Conv2d(ConvWindow Window) : IWindowed, IPairActivated
    {
        (int Least, int Most) IOp.Operands => (2, 3);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            ConvShape shape = ConvOps.Check(nameof(Conv2d), inputs[0], inputs[1], Window);
            if (inputs.Length > 2 && (inputs[2].Shape != [shape.OutC] || inputs[2].DType != inputs[0].DType))
                throw new ShapeException(
                    $"Conv2d with {shape.OutC} filters got a bias {inputs[2]}; it needs one {inputs[0].DType.Name} for each filter.");
            outputs[0] = new TensorSpec(inputs[0].DType, [shape.N, shape.OutC, shape.OutH, shape.OutW]);
        }

        void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            ConvShape shape = Window.Of(inputs[0].Shape, inputs[1].Shape);
            DType type = outputs[0].DType;
            Dims strides = type == DType.Float32 ? Conv.OutputStrides<float>(shape) : Conv.OutputStrides<double>(shape);
            outputs[0] = new(type, outputs[0].Shape, strides);
        }

        Kernel IPairActivated.BindPair<T, F>(ref OpCall call, F f, bool hasOther) => Bind<T, F>(ref call, f, hasOther, null);

        /// <summary>
        /// The kernel; with an ε, the operands γ, β, μ and σ² after those of the convolution normalize each channel before f.
        /// </summary>
        internal Kernel Bind<T, F>(ref OpCall call, F f, bool hasOther, double? normalized)
            where T : unmanaged where F : struct, IBinaryLane
        {
            TensorSpec x = call.Input(0), w = call.RowMajor(1), y = call.Output(0);
            int own = call.InputCount - (hasOther ? 1 : 0), gamma = own - (normalized is null ? 0 : NormalizedConv2d.Statistics);
            for (int i = 2; i < own; i++) call.RowMajor(i);
            if (hasOther) call.Laid(own, y);
            bool hasBias = gamma > 2;
            ConvShape shape = Window.Of(x.Shape, w.Shape);
            ConvLayout layout = Conv.ChooseLayout<T>(shape);
            CorrelationPlan<T> plan = CorrelationPlan<T>.Forward(shape, layout, x.Strides, y.Strides);
            if (normalized is not { } epsilon)
            {
                return (in v) => plan.Run(
                    v.Input<T>(0), v.Input<T>(1), hasBias ? v.Input<T>(2) : default, v.Output<T>(0), f,
                    PackedFilters.Of(v.InputTensor(1), plan), other: hasOther ? v.Input<T>(own) : default);
            }
            return (in v) => plan.Run(
                v.Input<T>(0), v.Input<T>(1), hasBias ? v.Input<T>(2) : default, v.Output<T>(0), f,
                PackedFilters.Of(v.InputTensor(1), plan),
                new ChannelNormalization<T>(
                    v.Input<T>(gamma), v.Input<T>(gamma + 1), v.Input<T>(gamma + 2), v.Input<T>(gamma + 3), epsilon),
                hasOther ? v.Input<T>(own) : default);
        }

        double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) =>
            Window.Of(inputs[0].Shape, inputs[1].Shape).Flops;

        (int Size, int Stride) IWindowed.Along(int axis, ReadOnlySpan<TensorSpec> inputs) => axis == 0
            ? ((inputs[1].Shape[2] - 1) * Window.DilationH + 1, Window.StrideH)
            : ((inputs[1].Shape[3] - 1) * Window.DilationW + 1, Window.StrideW);

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => Grad(flow, flow.Upstream(0), flow.InputCount > 2);

        /// <summary>Gives the first operands their gradients for dy = ∂L/∂y.</summary>
        internal void Grad(GradientFlow flow, Tensor dy, bool hasBias)
        {
            if (flow.Needs(0)) flow.Give(0, dy.Apply(new Conv2dInputGrad(Window, flow.InputSpec(0).Shape), flow.Input(1)));
            if (flow.Needs(1)) flow.Give(1, flow.Input(0).Apply(new Conv2dWeightGrad(Window, flow.InputSpec(1).Shape), dy));
            if (hasBias && flow.Needs(2)) flow.Give(2, dy.Apply(new ChannelSum()));
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
            /// <summary>
            /// Cross-correlates images [N, C, H, W] with filters [O, C / groups, KH, KW] and adds a bias [O] if one is given.
            /// </summary>
            /// <exception cref="ShapeException">Sizes or types do not fit.</exception>
            public Tensor Conv2d(Tensor weight, Tensor? bias = null, ConvWindow? window = null)
            {
                Conv2d op = new(window ?? ConvWindow.Square());
                return bias is null ? x.Apply(op, weight) : x.Apply(op, weight, bias);
            }
        }
    }
}
