namespace Hebb.Kernels;

/// <summary>
/// The sizes of a two-dimensional convolution (cross-correlation, the kernel is not flipped):
/// y[n, o, i, j] = b[o] + Σ x[n, c, i·strideH − padH + u·dilationH, j·strideW − padW + v·dilationW] · w[o, c', u, v],
/// the sum running over kernel rows u, kernel columns v and the channels c of o's group (c' counts them from 0), in this order, with
/// positions outside the image left out. A one-dimensional convolution has height 1.
/// </summary>
/// <param name="N">Images in the batch, from 0.</param>
/// <param name="C">Channels of the input.</param>
/// <param name="H">Rows of the input.</param>
/// <param name="W">Columns of the input.</param>
/// <param name="OutC">Channels of the output: the number of filters.</param>
/// <param name="KernelH">Rows of a filter.</param>
/// <param name="KernelW">Columns of a filter.</param>
internal readonly record struct ConvShape(int N, int C, int H, int W, int OutC, int KernelH, int KernelW)
{
    /// <summary>Rows from one output position to the next; 1 by default.</summary>
    public int StrideH { get; init; } = 1;

    /// <summary>Columns from one output position to the next; 1 by default.</summary>
    public int StrideW { get; init; } = 1;

    /// <summary>Rows of zeros above and below the image; 0 by default.</summary>
    public int PadH { get; init; }

    /// <summary>Columns of zeros left and right of the image; 0 by default.</summary>
    public int PadW { get; init; }

    /// <summary>Rows from one kernel element to the next; 1 by default.</summary>
    public int DilationH { get; init; } = 1;

    /// <summary>Columns from one kernel element to the next; 1 by default.</summary>
    public int DilationW { get; init; } = 1;

    /// <summary>
    /// Into how many groups of equal size the input and the output channels are cut; a filter sees only its own group. 1 by default.
    /// </summary>
    public int Groups { get; init; } = 1;

    /// <summary>Rows of the output: ⌊(H + 2·padH − dilationH·(kernelH − 1) − 1) / strideH⌋ + 1.</summary>
    public int OutH => OutputSize(H, KernelH, StrideH, PadH, DilationH);

    /// <summary>Columns of the output, by the same rule.</summary>
    public int OutW => OutputSize(W, KernelW, StrideW, PadW, DilationW);

    /// <summary>The length of the weights [OutC, C / Groups, KernelH, KernelW].</summary>
    public long WeightLength => (long)OutC * (C / Groups) * KernelH * KernelW;

    /// <summary>Multiplications and additions of one pass when no position falls outside the image.</summary>
    public long Flops => 2L * N * OutH * OutW * WeightLength;

    /// <summary>
    /// Positions of a window of <paramref name="kernel"/> elements along an axis:
    /// ⌊(size + 2·pad − dilation·(kernel − 1) − 1) / stride⌋ + 1, not below 0.
    /// </summary>
    /// <param name="size">The length of the input.</param>
    /// <param name="kernel">The elements of the window.</param>
    /// <param name="stride">The step between positions.</param>
    /// <param name="pad">Zeros before and after the input.</param>
    /// <param name="dilation">The step between elements of the window.</param>
    /// <returns>The length of the output.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The stride is below 1.</exception>
    public static int OutputSize(int size, int kernel, int stride, int pad, int dilation)
    {
        if (stride < 1) throw new ArgumentOutOfRangeException(nameof(stride), $"A stride of {stride} was given; give 1 or more.");
        long room = size + (2L * pad) - ((long)dilation * (kernel - 1L)) - 1;
        return room < 0 ? 0 : (int)Math.Min(int.MaxValue, (room / stride) + 1);
    }

    internal void Validate()
    {
        if (N < 0 || C < 1 || H < 1 || W < 1 || OutC < 1)
            throw new ArgumentException(
                $"A convolution has the input [{N}, {C}, {H}, {W}] and {OutC} filters; the batch must be at least 0 and the other sizes "
                + "at least 1.");
        if (Groups < 1 || C % Groups != 0 || OutC % Groups != 0)
            throw new ArgumentException(
                $"A convolution has {C} input and {OutC} output channels in {Groups} groups; choose a number of groups that divides both.");
        ValidateWindow(nameof(H), H, KernelH, StrideH, PadH, DilationH);
        ValidateWindow(nameof(W), W, KernelW, StrideW, PadW, DilationW);
        if (WeightLength > int.MaxValue)
            throw new ArgumentException($"A convolution has {WeightLength} weights; at most {int.MaxValue} are possible.");
    }

    internal static void ValidateWindow(string axis, int size, int kernel, int stride, int pad, int dilation)
    {
        if (kernel < 1 || stride < 1 || dilation < 1 || pad < 0)
            throw new ArgumentException(
                $"A window along {axis} has {kernel} elements, stride {stride}, dilation {dilation} and padding {pad}; the first three "
                + "must be at least 1 and the padding at least 0.");
        long reach = ((long)dilation * (kernel - 1L)) + 1, padded = size + (2L * pad);
        if (padded > int.MaxValue || reach > padded)
            throw new ArgumentException(
                $"A window along {axis} reaches over {reach} positions, but the input with its padding has {padded}; use a smaller kernel "
                + $"or dilation, or more padding (at most {int.MaxValue} positions in all).");
    }
}
