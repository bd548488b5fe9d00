namespace Hebb.Kernels;

/// <summary>
/// The plan of a forward pass, or of a gradient of the inputs: both are correlations, of a source stack with the weights to a target
/// stack.
/// </summary>
internal abstract unsafe class CorrelationPlan<T>(in ConvProblem problem) : ConvPlan<T>(problem) where T : unmanaged
{
    /// <summary>How many numbers the packed weights are; 0 where weights are read as they are.</summary>
    public virtual long PackedLength => 0;

    /// <summary>The plan of y = f(conv(x, w) + b, other).</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="layout">The layout of y.</param>
    /// <param name="xStrides">The strides of the inputs [N, C, H, W].</param>
    /// <param name="yStrides">The strides of the outputs [N, OutC, OutH, OutW].</param>
    /// <exception cref="ArgumentException">Sizes, layout or strides do not fit together; the message says which.</exception>
    public static CorrelationPlan<T> Forward(in ConvShape shape, ConvLayout layout, in Dims xStrides, in Dims yStrides) =>
        (CorrelationPlan<T>)For(new(ConvPass.Forward, shape, layout, xStrides, yStrides, false));

    /// <summary>The plan of dx = f(∂L/∂x, other) for dy = ∂L/∂y.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="layout">The layout of dx.</param>
    /// <param name="dyStrides">The strides of the gradients of the outputs [N, OutC, OutH, OutW].</param>
    /// <param name="dxStrides">The strides of the gradients of the inputs [N, C, H, W].</param>
    /// <exception cref="ArgumentException">Sizes, layout or strides do not fit together; the message says which.</exception>
    public static CorrelationPlan<T> InputGradient(in ConvShape shape, ConvLayout layout, in Dims dyStrides, in Dims dxStrides) =>
        (CorrelationPlan<T>)For(new(ConvPass.InputGradient, shape, layout, dxStrides, dyStrides, false));

    /// <summary>Packs weights in the order in which the plan reads them.</summary>
    /// <param name="w">Weights.</param>
    /// <param name="packed">As many numbers as <see cref="PackedLength"/> says.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public void Pack(ReadOnlySpan<T> w, Span<T> packed)
    {
        ConvCheck.Length("packed", packed.Length, PackedLength);
        ConvCheck.Length("w", w.Length, Shape.WeightLength);
        if (packed.IsEmpty) return;
        fixed (T* from = w, to = packed) Pack(from, to);
        GC.KeepAlive(this);
    }

    /// <summary>Computes the target.</summary>
    /// <typeparam name="A">The activation's type.</typeparam>
    /// <param name="source">x, or dy.</param>
    /// <param name="w">Weights.</param>
    /// <param name="bias">One number for each channel of the target, or nothing.</param>
    /// <param name="target">y, or dx; nothing of it is read.</param>
    /// <param name="activation">The activation f.</param>
    /// <param name="packed">What <see cref="Pack(ReadOnlySpan{T}, Span{T})"/> made of the weights, or nothing.</param>
    /// <param name="normalization">A normalization of each channel of the target before the activation; by default none.</param>
    /// <param name="other">Nothing, or what f takes second: numbers that lie as those of <paramref name="target"/> do.</param>
    /// <exception cref="ArgumentException">A length is wrong; the message says which.</exception>
    public void Run<A>(
        ReadOnlySpan<T> source, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Span<T> target, A activation, ReadOnlySpan<T> packed = default,
        in ChannelNormalization<T> normalization = default, ReadOnlySpan<T> other = default) where A : struct, IBinaryLane
    {
        bool backward = Problem.IsBackward;
        CheckInputs(backward ? target.Length : source.Length);
        CheckOutputs(backward ? source.Length : target.Length);
        ConvCheck.Length("w", w.Length, Shape.WeightLength);
        if (!bias.IsEmpty) ConvCheck.Length("bias", bias.Length, backward ? Shape.C : Shape.OutC);
        if (!packed.IsEmpty) ConvCheck.Length("packed", packed.Length, PackedLength);
        if (!other.IsEmpty)
        {
            ConvCheck.Length("other", other.Length, target.Length);
            if (other.Overlaps(target)) throw new ArgumentException("other shares memory with the target; give it memory of its own.");
        }
        ChannelScale<T> scale = normalization.Prepare(backward ? Shape.C : Shape.OutC);
        fixed (T* from = source, weights = w, biases = bias, to = target, panels = packed, others = other)
        {
            var operands = new Operands
            {
                Source = from,
                Weights = weights,
                Bias = biases,
                Packed = panels,
                Target = to,
                Scale = scale,
                Other = others == null ? 0 : (nint)(others - to),
            };
            var body = new Body<A>(this, operands, activation);
            Lanes.Run<Body<A>, T>(ref body, LaneNumbers);
        }
        GC.KeepAlive(this);
    }

    /// <summary>Packs weights; called only where there is something to pack.</summary>
    private protected virtual void Pack(T* w, T* packed) => throw new NotSupportedException($"{GetType().Name} reads weights as they are.");

    /// <summary>Computes the target with lanes <typeparamref name="V"/>. Bias and packed weights may be null.</summary>
    public abstract void Compute<V, A>(in Operands operands, A activation) where V : struct, ILane<V, T> where A : struct, IBinaryLane;

    /// <summary>Where a correlation finds its numbers.</summary>
    public struct Operands
    {
        public T* Source, Weights, Bias, Packed, Target;

        /// <summary>What is done to finished sums before the activation.</summary>
        public ChannelScale<T> Scale;

        /// <summary>
        /// How far behind each number of the target the activation finds its second operand; 0 if it takes none.
        /// </summary>
        public nint Other;
    }

    private readonly struct Body<A>(CorrelationPlan<T> plan, Operands operands, A activation) : IWidthBody<T> where A : struct, IBinaryLane
    {
        public void Run<V>() where V : struct, ILane<V, T> => plan.Compute<V, A>(operands, activation);
    }
}
