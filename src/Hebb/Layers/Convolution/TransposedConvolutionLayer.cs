namespace Hebb.Layers;

/// <summary>
/// What transposed convolutions share: weights [inputs, outputs / groups, kernel...] and biases [outputs], as PyTorch keeps them. The layer
/// does what a convolution with these weights does to gradients on their way back: each input paints the kernel into a larger result
/// (Zeiler et al., Deconvolutional Networks, 2010).
/// </summary>
public abstract class TransposedConvolutionLayer : Module
{
    private readonly int _outputs, _extra;
    private readonly IInitializer? _start;

    /// <summary>A layer with the same settings along all axes.</summary>
    private protected TransposedConvolutionLayer(
        int inputs, int outputs, ReadOnlySpan<int> kernel, int stride, int pad, int dilation, int extra, int groups, bool bias,
        IInitializer? start)
    {
        Argument.AtLeast(inputs, 1);
        Argument.AtLeast(outputs, 1);
        foreach (int size in kernel) ConvSizes.Check(size, stride, pad, dilation);
        if (extra < 0 || extra >= Math.Max(stride, dilation))
            throw new ArgumentOutOfRangeException(nameof(extra),
                $"{extra} extra positions were asked of a {GetType().Name} with stride {stride} and dilation {dilation}; "
                    + "ask for fewer than the larger of both.");
        if (groups < 1 || inputs % groups != 0 || outputs % groups != 0)
            throw new ArgumentException($"A transposed convolution from {inputs} to {outputs} channels was asked for in {groups} groups, "
                + "which must divide both; choose other numbers.", nameof(groups));
        (_outputs, _extra, _start) = (outputs, extra, start);
        Window = ConvWindow.Square(stride, pad, dilation, groups);
        Shape shape = [inputs, outputs / groups, .. kernel];
        Register(Weight = new Parameter(shape, start ?? Initializer.Default), "weight");
        if (bias)
        {
            IInitializer law = start is null ? Initializer.DefaultBias(shape.Count / inputs) : Initializer.Constant(0);
            Register(Bias = new Parameter([outputs], law) { IsDecayed = false }, "bias");
        }
    }

    /// <summary>The weights, [inputs, outputs / groups, kernel...].</summary>
    public Parameter Weight { get; }

    /// <summary>The biases, [outputs]; null if the layer has none.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string Details
    {
        get
        {
            string text = $"{Weight.Shape[0]} → {_outputs}, {InvariantText.Join("x", Weight.Shape.AsSpan()[2..])}";
            text += ConvolutionLayer.Print("stride", [Window.StrideH], 1) + ConvolutionLayer.Print("padding", [Window.PadH], 0)
                + ConvolutionLayer.Print("dilation", [Window.DilationH], 1) + ConvolutionLayer.Print("extra", [_extra], 0);
            if (Window.Groups != 1) text += $", {Window.Groups} groups";
            return Bias is null ? text + ", no bias" : text;
        }
    }

    /// <summary>How the convolution moves whose transpose this is.</summary>
    private protected ConvWindow Window { get; }

    /// <summary>The settings with which another such layer is made.</summary>
    private protected (int Outputs, int Extra, IInitializer? Start) Settings => (_outputs, _extra, _start);

    /// <summary>What the layer takes, as errors print it.</summary>
    private protected abstract string Layout { get; }

    /// <inheritdoc/>
    protected sealed override Tensor OnForward(Tensor x)
    {
        if (x.Rank != Weight.Rank || x.Shape[1] != Weight.Shape[0])
            throw Misfit(x, $"{Layout.Replace("C,", $"{Weight.Shape[0]},", StringComparison.Ordinal)}; "
                + ChannelAxis.Mend(x, Weight.Rank - 2, Weight.Shape[0]));
        if (x.DType != Weight.DType)
            throw MisfitType(x, Weight.DType);
        return Paint(x);
    }

    /// <summary>The transposed convolution itself.</summary>
    private protected abstract Tensor Paint(Tensor x);
}
