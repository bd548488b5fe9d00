namespace Hebb.Layers;

/// <summary>
/// What convolutions of sequences, images and volumes share: weights [outputs, inputs / groups, kernel...] and biases [outputs] as PyTorch
/// keeps them, what stands in the padding, which way round the kernel lies, and whether windows must reach the end exactly.
/// </summary>
public abstract class ConvolutionLayer : WeightedLayer
{
    /// <summary>A layer with weights of a shape.</summary>
    private protected ConvolutionLayer(
        int? inputs, int outputs, ReadOnlySpan<int> kernel, in ConvWindow window, bool bias, IInitializer? start)
        : base(Sizes(inputs, outputs, kernel, window), bias, start) { }

    /// <summary>What stands in the padding: zeros by default.</summary>
    public PadMode PadMode { get; init; }

    /// <summary>
    /// Whether the kernel is turned round, which makes a convolution in the sense of mathematics
    /// out of the cross-correlation; false by default.
    /// </summary>
    public bool IsFlipped { get; init; }

    /// <summary>
    /// Whether an input is refused in which the last window does not end at the last position; by default the rest is left out, as trained
    /// models elsewhere assume.
    /// </summary>
    public bool IsStrict { get; init; }

    /// <inheritdoc/>
    public override string Details
    {
        get
        {
            int[] kernel = Setting(s => s.Kernel), stride = Setting(s => s.Stride), pad = Setting(s => s.Pad),
                dilation = Setting(s => s.Dilation);
            string text = $"{(Weight.IsOpen ? "?" : $"{Inputs}")} → {Weight.Shape[0]}, {InvariantText.Join("x", kernel)}";
            text += Print("stride", stride, 1) + Print("padding", pad, 0) + Print("dilation", dilation, 1);
            if (Groups != 1) text += $", {Groups} groups";
            if (PadMode != PadMode.Constant) text += $", padded by {PadMode}";
            if (IsFlipped) text += ", flipped";
            if (IsStrict) text += ", strict";
            return Bias is null ? text + ", no bias" : text;
        }
    }

    /// <summary>How many groups the channels are cut into.</summary>
    private protected abstract int Groups { get; }

    /// <summary>What the layer takes, as errors print it.</summary>
    private protected abstract string Layout { get; }

    /// <summary>The channels of the input; 0 while they are open.</summary>
    private protected int Inputs => Weight.Shape[1] * Groups;

    /// <summary>The channels of the input; null while they are open.</summary>
    private protected int? InputsIfKnown => Weight.IsOpen ? null : Inputs;

    private int Axes => Weight.Rank - 2;

    /// <inheritdoc/>
    public sealed override (int Size, int Stride)? WindowAlong(int axis)
    {
        (int kernel, int stride, _, int dilation) = Along(axis);
        return (ConvSizes.Reach(kernel, dilation), stride);
    }

    /// <inheritdoc/>
    protected sealed override Tensor OnForward(Tensor x)
    {
        if (x.Rank == Axes + 2 && x.Shape[1] % Groups == 0) FixInputs(x.Shape[1]);
        if (x.Rank != Axes + 2 || x.Shape[1] != Inputs)
            throw Misfit(x, $"{Layout.Replace("C,", Weight.IsOpen ? "C," : $"{Inputs},", StringComparison.Ordinal)}; "
                + ChannelAxis.Mend(x, Axes, Weight.IsOpen ? 0 : Inputs));
        RequireType(x);
        Span<int> pads = stackalloc int[Axes + 2];
        bool hasPads = false;
        for (int i = 0; i < Axes; i++)
        {
            (int kernel, int stride, int pad, int dilation) = Along(i);
            if (IsStrict && !ConvSizes.EndsExactly(x.Shape[i + 2], kernel, stride, pad, dilation))
                throw Misfit(x, "sizes whose windows reach the end; "
                    + $"(m - f + 2p) / s = ({x.Shape[i + 2]} - {ConvSizes.Reach(kernel, dilation)} + {2L * pad}) / {stride} is not whole, "
                    + "so change the padding or leave out IsStrict");
            pads[i + 2] = pad;
            hasPads |= pad > 0;
        }
        bool isPadded = PadMode != PadMode.Constant && hasPads;
        Tensor w = IsFlipped ? Weight.Flip([.. Enumerable.Range(2, Axes)]) : Weight;
        return Correlate(isPadded ? x.Pad(pads, pads, PadMode) : x, w, isPadded);
    }

    /// <summary>A setting that has a usual value, as the layer prints it.</summary>
    internal static string Print(string name, ReadOnlySpan<int> values, int usual)
    {
        bool isUsual = values.IndexOfAnyExcept(usual) < 0, isOne = values.IndexOfAnyExcept(values[0]) < 0;
        return isUsual ? "" : isOne ? $", {name} {values[0]}" : $", {name} {InvariantText.Join("x", values)}";
    }

    /// <summary>Kernel, stride, padding and dilation along an axis, counted behind the channels.</summary>
    private protected abstract (int Kernel, int Stride, int Pad, int Dilation) Along(int axis);

    /// <summary>The cross-correlation itself.</summary>
    /// <param name="x">The input, checked.</param>
    /// <param name="w">The weights, flipped if need be.</param>
    /// <param name="isPadded">Whether the padding has been added already.</param>
    private protected abstract Tensor Correlate(Tensor x, Tensor w, bool isPadded);

    private protected override int WeightInputs(int inputs) => inputs / Groups;

    private int[] Setting(Func<(int Kernel, int Stride, int Pad, int Dilation), int> of) =>
        [.. Enumerable.Range(0, Axes).Select(i => of(Along(i)))];

    private static Shape Sizes(int? inputs, int outputs, ReadOnlySpan<int> kernel, in ConvWindow window)
    {
        int groups = AtLeastOne(window.Groups, "groups");
        for (int i = 0; i < kernel.Length; i++)
        {
            if (i == kernel.Length - 1) ConvSizes.Check(kernel[i], window.StrideW, window.PadW, window.DilationW);
            else ConvSizes.Check(kernel[i], window.StrideH, window.PadH, window.DilationH);
        }
        if ((inputs ?? 0) % groups != 0 || outputs % groups != 0)
            throw new ArgumentException($"A convolution from {inputs} to {outputs} channels was asked for in {groups} groups, "
                + "which must divide both; choose other numbers.");
        return [AtLeastOne(outputs, "outputs"), inputs is { } open ? AtLeastOne(open, "inputs") / groups : 0, .. kernel];
    }
}
