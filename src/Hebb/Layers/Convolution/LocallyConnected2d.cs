namespace Hebb.Layers;

/// <summary>
/// y[n, o, i, j] = b[o, i, j] + Σ x[n, c, i s + u - p, j s + v - p] W[i, j, o, c, u, v]: like a convolution, with a filter and a bias of
/// its own at every position, for inputs that are aligned, such as faces (LeCun, 1989; Taigman, Yang, Ranzato and Wolf, 2014).
/// </summary>
public sealed class LocallyConnected2d : Module
{
    private readonly int _inputs, _rows, _columns, _kernel, _stride, _pad;
    private readonly IInitializer? _start;

    /// <summary>A layer for images of one size.</summary>
    /// <param name="inputs">Channels of x.</param>
    /// <param name="outputs">Channels of y.</param>
    /// <param name="size">Rows and columns of x.</param>
    /// <param name="kernel">Rows and columns of each filter.</param>
    /// <param name="stride">From one output position to the next; 1 by default.</param>
    /// <param name="pad">Zeros thought around the image; 0 by default.</param>
    /// <param name="bias">Whether b is added; true by default.</param>
    /// <param name="start">Where the weights start, biases then at 0; U(±1/√fan-in) for both if left out.</param>
    public LocallyConnected2d(
        int inputs, int outputs, (int Rows, int Columns) size, int kernel, int stride = 1, int pad = 0, bool bias = true,
        IInitializer? start = null)
    {
        Argument.AtLeast(inputs, 1);
        Argument.AtLeast(outputs, 1);
        int h = ConvSizes.Output(size.Rows, kernel, stride, pad), w = ConvSizes.Output(size.Columns, kernel, stride, pad),
            fan = new Shape(inputs, kernel, kernel).Count;
        if (h < 1 || w < 1)
            throw new ArgumentException($"A LocallyConnected2d with a {kernel}x{kernel} kernel was asked for images "
                + $"of {size.Rows}x{size.Columns}, where it does not fit; pad them or take a smaller kernel.", nameof(kernel));
        (_inputs, _rows, _columns, _kernel, _stride, _pad, _start) = (inputs, size.Rows, size.Columns, kernel, stride, pad, start);
        Register(Weight = new Parameter([h, w, outputs, inputs, kernel, kernel], start ?? Initializer.DefaultBias(fan)), "weight");
        if (bias)
        {
            IInitializer law = start is null ? Initializer.DefaultBias(fan) : Initializer.Constant(0);
            Register(Bias = new Parameter([outputs, h, w], law) { IsDecayed = false }, "bias");
        }
    }

    /// <summary>The filters, [H', W', outputs, inputs, kernel, kernel].</summary>
    public Parameter Weight { get; }

    /// <summary>The biases, [outputs, H', W']; null if the layer has none.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override string Details =>
        $"{_inputs} → {Weight.Shape[2]}, {_kernel}x{_kernel} on {_rows}x{_columns}"
        + ConvolutionLayer.Print("stride", [_stride], 1) + ConvolutionLayer.Print("padding", [_pad], 0) + (Bias is null ? ", no bias" : "");

    /// <inheritdoc/>
    public override (int Size, int Stride)? WindowAlong(int axis) => (_kernel, _stride);

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != 4 || x.Shape.Without(0) != [_inputs, _rows, _columns])
            throw Misfit(x, $"images [N, {_inputs}, {_rows}, {_columns}]; give it those, or build the layer for yours");
        if (x.DType != Weight.DType)
            throw MisfitType(x, Weight.DType);
        (int h, int w, int outputs) = (Weight.Shape[0], Weight.Shape[1], Weight.Shape[2]);
        // For each position the product of its filters [O, C k k] and the windows of all samples there [C k k, N].
        Tensor windows = x.Unfold(_kernel, _kernel, ConvWindow.Square(_stride, _pad)).Permute(2, 1, 0);
        Tensor y = Weight.Reshape(h * w, outputs, -1).MatMul(windows).Permute(2, 1, 0).Reshape(x.Shape[0], outputs, h, w);
        return Bias is null ? y : y + Bias;
    }

    /// <inheritdoc/>
    protected internal override Module New() =>
        new LocallyConnected2d(_inputs, Weight.Shape[2], (_rows, _columns), _kernel, _stride, _pad, Bias is not null, _start);
}
