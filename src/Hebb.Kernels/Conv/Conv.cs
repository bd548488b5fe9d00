namespace Hebb.Kernels;

/// <summary>
/// Convolutions of image stacks: the forward pass and the gradients of input, weights and bias, for floats and doubles. Nothing is
/// unfolded: register tiles read the images where they lie, through lists of offsets.
/// </summary>
/// <remarks>
/// <para>Stacks are logically [N, C, H, W] and come with four strides in elements, so any layout can be read. What a call writes must have
/// the layout passed to it: neighboring channels (or images) lie side by side, other strides are free. <see cref="ChooseLayout{T}"/> says
/// which layout suits a shape, and <see cref="OutputStrides{T}"/> how its outputs lie best. Weights are [OutC, C / Groups, KernelH,
/// KernelW] without gaps. Once warm, no call allocates.</para>
/// <para>Every output, and every gradient of an input, is one chain of fused multiply-adds that begins at the bias or 0 and runs over
/// kernel rows, kernel columns and channels; gradients of weights are sums in fixed chunks that depend on the shape and the layout.
/// Convolutions of floats with 3 x 3 kernels, stride 1, dilation 1, lanes over channels and at least 16 channels a group are computed with
/// Winograd's tiles of 4 x 4 outputs, which take a quarter of the multiplications; their results differ from the direct sums by about 10⁻⁶
/// of the largest. Where the outputs have fewer channels than fill a register but rows that do, positions outside the images count as zeros
/// instead of being left out. The algorithm is chosen by shape alone (<see cref="ConvAlgorithms{T}"/>), so results are the same bits for
/// any strides, any number of threads and any lane width.</para>
/// </remarks>
internal static unsafe class Conv
{
    /// <summary>
    /// The layout in which a convolution of this shape runs fastest. It depends on sizes and element type only.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <returns>
    /// Lanes over the batch when images fill registers and the channels of a group do not; otherwise lanes over channels. From images of
    /// two or three channels to whole registers of channels, lanes over channels too: what follows is laid out so.
    /// </returns>
    public static ConvLayout ChooseLayout<T>(in ConvShape shape) where T : unmanaged
    {
        int register = 64 / sizeof(T);
        if (shape.C >= register && DepthwisePlan<T>.Suits(shape, ConvLayout.ChannelLanes, ConvPass.Forward)) return ConvLayout.ChannelLanes;
        // The first layer of a network whose next ones have lanes over channels.
        if (shape.C is 2 or 3 && shape.OutC % register == 0) return ConvLayout.ChannelLanes;
        int few = Math.Min(shape.C, shape.OutC) / shape.Groups, many = Math.Max(shape.C, shape.OutC) / shape.Groups;
        return shape.N >= register && few < register && many < 2 * register ? ConvLayout.BatchLanes : ConvLayout.ChannelLanes;
    }

    /// <summary>
    /// The strides in which a forward pass writes its outputs fastest: row-major where lanes run along rows, else those of the layout.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <returns>Four strides in elements, for N, OutC, OutH and OutW.</returns>
    public static Dims OutputStrides<T>(in ConvShape shape) where T : unmanaged
    {
        ConvLayout layout = ChooseLayout<T>(shape);
        return RowPlan<T>.Suits(shape, layout, ConvPass.Forward)
            ? Dims.RowMajor(ConvCheck.Outputs(shape))
            : layout.Strides(shape.N, shape.OutC, shape.OutH, shape.OutW);
    }

    /// <summary>How many numbers the packed weights of a forward pass are; 0 where the layout reads weights as they are.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes, those of the images included: on them depends in which form weights are packed.</param>
    /// <param name="layout">The layout of the outputs.</param>
    /// <returns>The length.</returns>
    public static long PackedLength<T>(in ConvShape shape, ConvLayout layout) where T : unmanaged =>
        Dense<T>(shape, layout).PackedLength;

    /// <summary>
    /// Packs weights in the order in which <see cref="Forward{T, A}"/> reads them, which pays when they stay the same over many calls with
    /// few images.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="layout">The layout of the outputs.</param>
    /// <param name="w">Weights.</param>
    /// <param name="packed">As many numbers as <see cref="PackedLength{T}"/> says.</param>
    /// <exception cref="ArgumentException">Sizes or lengths do not fit together; the message says which.</exception>
    public static void Pack<T>(in ConvShape shape, ConvLayout layout, ReadOnlySpan<T> w, Span<T> packed) where T : unmanaged =>
        Dense<T>(shape, layout).Pack(w, packed);

    // How weights are packed does not depend on strides.
    private static CorrelationPlan<T> Dense<T>(in ConvShape shape, ConvLayout layout) where T : unmanaged
    {
        Dims x = layout.Strides(shape.N, shape.C, shape.H, shape.W), y = layout.Strides(shape.N, shape.OutC, shape.OutH, shape.OutW);
        return CorrelationPlan<T>.Forward(shape, layout, x, y);
    }

    /// <summary>y = conv(x, w) + b</summary>
    /// <inheritdoc cref="Forward{T, A}"/>
    public static void Forward<T>(
        in ConvShape shape, ConvLayout layout, ReadOnlySpan<T> x, in Dims xStrides, ReadOnlySpan<T> w, ReadOnlySpan<T> bias,
        Span<T> y, in Dims yStrides, ReadOnlySpan<T> packed = default) where T : unmanaged
        => Forward(shape, layout, x, xStrides, w, bias, y, yStrides, default(FirstOfPair<NoActivation>), packed);

    /// <summary>y = f(conv(x, w) + b, other)</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="A">The activation's type.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="layout">The layout of <paramref name="y"/>.</param>
    /// <param name="x">Inputs [N, C, H, W].</param>
    /// <param name="xStrides">Their strides.</param>
    /// <param name="w">Weights.</param>
    /// <param name="bias">One number an output channel, or nothing.</param>
    /// <param name="y">Outputs [N, OutC, OutH, OutW]; nothing of them is read.</param>
    /// <param name="yStrides">Their strides.</param>
    /// <param name="activation">The activation f.</param>
    /// <param name="packed">What <see cref="Pack{T}"/> made of the weights; or nothing, and they are packed at every call.</param>
    /// <param name="normalization">A normalization of each output channel before the activation; by default none.</param>
    /// <param name="other">Nothing, or what f takes second: numbers that lie as those of <paramref name="y"/> do.</param>
    /// <exception cref="ArgumentException">Sizes, lengths or strides do not fit together; the message says which.</exception>
    public static void Forward<T, A>(
        in ConvShape shape, ConvLayout layout, ReadOnlySpan<T> x, in Dims xStrides, ReadOnlySpan<T> w, ReadOnlySpan<T> bias,
        Span<T> y, in Dims yStrides, A activation, ReadOnlySpan<T> packed = default, in ChannelNormalization<T> normalization = default,
        ReadOnlySpan<T> other = default) where T : unmanaged where A : struct, IBinaryLane =>
        CorrelationPlan<T>.Forward(shape, layout, xStrides, yStrides).Run(x, w, bias, y, activation, packed, normalization, other);

    /// <summary>dx = ∂L/∂x for dy = ∂L/∂y: each gradient spread over the inputs that its output saw, times their weights.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="layout">The layout of <paramref name="dx"/>.</param>
    /// <param name="dy">Gradients of the outputs [N, OutC, OutH, OutW].</param>
    /// <param name="dyStrides">Their strides.</param>
    /// <param name="w">Weights.</param>
    /// <param name="dx">Gradients of the inputs [N, C, H, W]; nothing of them is read.</param>
    /// <param name="dxStrides">Their strides.</param>
    /// <exception cref="ArgumentException">Sizes, lengths or strides do not fit together; the message says which.</exception>
    /// <remarks>This is also the forward pass of a transposed convolution.</remarks>
    public static void InputGradient<T>(
        in ConvShape shape, ConvLayout layout, ReadOnlySpan<T> dy, in Dims dyStrides, ReadOnlySpan<T> w, Span<T> dx, in Dims dxStrides)
        where T : unmanaged =>
        CorrelationPlan<T>.InputGradient(shape, layout, dyStrides, dxStrides).Run(dy, w, [], dx, default(FirstOfPair<NoActivation>));

    /// <summary>
    /// dw = ∂L/∂w and db = ∂L/∂b for dy = ∂L/∂y: the sum over images and pixels of each gradient times the input under the weight, and of
    /// the gradients themselves.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="layout">Over what lanes run: the layout in which <paramref name="dy"/> is read fastest.</param>
    /// <param name="x">Inputs [N, C, H, W].</param>
    /// <param name="xStrides">Their strides.</param>
    /// <param name="dy">Gradients of the outputs [N, OutC, OutH, OutW].</param>
    /// <param name="dyStrides">Their strides.</param>
    /// <param name="dw">Gradients of the weights; nothing of them is read.</param>
    /// <param name="db">Gradients of the bias, one an output channel; or nothing.</param>
    /// <exception cref="ArgumentException">Sizes, lengths or strides do not fit together; the message says which.</exception>
    public static void WeightGradient<T>(
        in ConvShape shape, ConvLayout layout, ReadOnlySpan<T> x, in Dims xStrides, ReadOnlySpan<T> dy, in Dims dyStrides, Span<T> dw,
        Span<T> db = default) where T : unmanaged =>
        WeightGradientPlan<T>.Of(shape, layout, xStrides, dyStrides, !db.IsEmpty).Run(x, dy, dw, db);
}
