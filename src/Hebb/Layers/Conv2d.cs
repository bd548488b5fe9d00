namespace Hebb.Layers;

/// <summary>
/// y[n, o, i, j] = b[o] + Σ x[n, c, i s + u d - p, j s + v d - p] W[o, c, u, v]: convolution of images [N, C, H, W] as networks compute it, without
/// turning the kernel round. W is [outputs, inputs / groups, kh, kw], as PyTorch keeps it.
/// </summary>
public sealed class Conv2d : WeightedLayer
{
    /// <summary>A layer with a square kernel that moves alike along rows and columns.</summary>
    /// <param name="inputs">Channels of x; null leaves them open until the first input.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="kernel">Rows and columns of the kernel.</param>
    /// <param name="stride">From one output position to the next; 1 by default.</param>
    /// <param name="pad">Zeros thought around the image; 0 by default.</param>
    /// <param name="dilation">From one kernel element to the next; 1 by default.</param>
    /// <param name="groups">Groups of channels with filters of their own; 1 by default.</param>
    /// <param name="bias">Whether b is added; true by default.</param>
    /// <param name="start">Where the weights start, biases then at 0; U(±1/√fan-in) for both if left out.</param>
    public Conv2d(
        int? inputs, int outputs, int kernel, int stride = 1, int pad = 0, int dilation = 1, int groups = 1, bool bias = true, IInitializer? start = null)
        : this(inputs, outputs, (kernel, kernel), ConvWindow.Square(stride, pad, dilation, groups), bias, start) { }

    /// <summary>A layer with any kernel and window.</summary>
    /// <param name="inputs">Channels of x; null leaves them open until the first input.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="kernel">Rows and columns of the kernel.</param>
    /// <param name="window">How the kernel moves, and the groups.</param>
    /// <param name="bias">Whether b is added; true by default.</param>
    /// <param name="start">Where the weights start, biases then at 0; U(±1/√fan-in) for both if left out.</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public Conv2d(int? inputs, int outputs, (int Rows, int Columns) kernel, ConvWindow window, bool bias = true, IInitializer? start = null)
        : base(Sizes(inputs, outputs, kernel, window), bias, start) => Window = window;

    /// <summary>How the kernel moves over the image.</summary>
    public ConvWindow Window { get; }

    /// <inheritdoc/>
    public override string Details
    {
        get
        {
            Shape w = Weight.Shape;
            string text = $"{(Weight.IsOpen ? "?" : $"{Inputs}")} → {w[0]}, {w[2]}x{w[3]}";
            text += Pair("stride", Window.StrideH, Window.StrideW, 1) + Pair("padding", Window.PadH, Window.PadW, 0) + Pair("dilation", Window.DilationH, Window.DilationW, 1);
            if (Window.Groups != 1) text += $", {Window.Groups} groups";
            return Bias is null ? text + ", no bias" : text;
        }
    }

    private int Inputs => Weight.Shape[1] * Window.Groups;

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank == 4 && x.Shape[1] % Window.Groups == 0) FixInputs(x.Shape[1]);
        if (x.Rank != 4 || x.Shape[1] != Inputs) throw Misfit(x, $"images [N, {(Weight.IsOpen ? "C" : $"{Inputs}")}, H, W]; give it as many channels, or build the layer for yours");
        RequireType(x);
        return x.Conv2d(Weight, Bias, Window);
    }

    /// <inheritdoc/>
    protected internal override Module New() =>
        new Conv2d(Weight.IsOpen ? null : Inputs, Weight.Shape[0], (Weight.Shape[2], Weight.Shape[3]), Window, Bias is not null, Start);

    /// <summary>A setting that has a usual value, as the layer prints it.</summary>
    internal static string Pair(string name, int rows, int columns, int usual) =>
        rows == usual && columns == usual ? "" : rows == columns ? $", {name} {rows}" : $", {name} {rows}x{columns}";

    private protected override int WeightInputs(int inputs) => inputs / Window.Groups;

    private static Shape Sizes(int? inputs, int outputs, (int Rows, int Columns) kernel, ConvWindow window)
    {
        AtLeastOne(window.Groups, "groups");
        if ((inputs ?? 0) % window.Groups != 0 || outputs % window.Groups != 0)
            throw new ArgumentException($"A convolution from {inputs} to {outputs} channels was asked for in {window.Groups} groups, which must divide both; choose other numbers.");
        return [AtLeastOne(outputs, "outputs"), inputs is { } open ? AtLeastOne(open, "inputs") / window.Groups : 0, AtLeastOne(kernel.Rows, "kernel rows"), AtLeastOne(kernel.Columns, "kernel columns")];
    }
}
