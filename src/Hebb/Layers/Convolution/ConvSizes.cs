namespace Hebb.Layers;

/// <summary>
/// The arithmetic of convolutions and poolings along one axis (Dumoulin and Visin, A Guide to Convolution Arithmetic for Deep Learning,
/// 2016). Sizes of layers multiply over axes and channels.
/// </summary>
public static class ConvSizes
{
    /// <summary>The most positions that a window, its stride and its padding may have.</summary>
    internal const int Most = PoolWindow.Most;

    /// <summary>
    /// n = ⌊(m - f + 2 p) / s⌋ + 1, how many positions a window has, with f = d (kernel - 1) + 1 under dilation d; 0 if it does not fit.
    /// </summary>
    /// <param name="size">m, the size of the axis.</param>
    /// <param name="kernel">The positions of the window.</param>
    /// <param name="stride">s, from one position to the next.</param>
    /// <param name="pad">p, the positions added at each end.</param>
    /// <param name="dilation">d, from one place in the window to the next.</param>
    /// <param name="isStrict">Whether a last window that does not end at the end is an error; by default the rest is left out.</param>
    /// <exception cref="ArgumentException">
    /// The rule is strict, and the windows do not reach the end; or there are more than 2^31 - 1 positions.
    /// </exception>
    public static int Output(int size, int kernel, int stride = 1, int pad = 0, int dilation = 1, bool isStrict = false)
    {
        Check(kernel, stride, pad, dilation);
        long rest = Rest(size, kernel, pad, dilation);
        if (isStrict && !EndsExactly(size, kernel, stride, pad, dilation))
            throw new ArgumentException(
                $"A window of {Reach(kernel, dilation)} with stride {stride} and padding {pad} does not end at the end of {size}: "
                + $"{rest} / {stride} is not a whole number of 0 or more; change the padding or the stride.",
                nameof(size));
        return rest < 0 ? 0 : Fitting(rest / stride + 1, "positions of a window");
    }

    /// <summary>p = (f - 1) / 2, the padding that keeps the size at stride 1.</summary>
    /// <exception cref="ArgumentException">f is even, so that one end would need more than the other, or more than 2^31 - 1.</exception>
    public static int SamePad(int kernel, int dilation = 1)
    {
        Check(kernel, 1, 0, dilation);
        int reach = Reach(kernel, dilation);
        return reach % 2 == 1 ? (reach - 1) / 2
            : throw new ArgumentException($"A window of {reach} cannot keep the size with the same padding at both ends; "
                + "take an odd one, or pad the input with Pad.", nameof(kernel));
    }

    /// <summary>p = (s (m - 1) - m + f) / 2, the padding that keeps a size m at a stride s.</summary>
    /// <exception cref="ArgumentException">p is not whole, or more than 2^31 - 1.</exception>
    public static int SamePad(int size, int kernel, int stride, int dilation = 1)
    {
        Check(kernel, stride, 0, dilation);
        long twice = stride * (size - 1L) - size + Reach(kernel, dilation);
        return twice >= 0 && twice % 2 == 0 ? Fitting(twice / 2, "positions of padding")
            : throw new ArgumentException(
                $"No padding keeps the size {size} under a window of {Reach(kernel, dilation)} with stride {stride}: "
                + $"it would have to be {twice / 2.0}; use stride 1 and an odd window.", nameof(stride));
    }

    /// <summary>
    /// n = (m - 1) s - 2 p + d (kernel - 1) + extra + 1: the size that a transposed convolution gives,
    /// of which the convolution would give m.
    /// </summary>
    /// <exception cref="ArgumentException">n is beyond the range of whole numbers of 32 bits.</exception>
    public static int Transposed(int size, int kernel, int stride = 1, int pad = 0, int dilation = 1, int extra = 0)
    {
        Check(kernel, stride, pad, dilation);
        return Fitting((size - 1L) * stride - 2L * pad + Reach(kernel, dilation) + extra, "positions of a transposed convolution");
    }

    /// <summary>
    /// How many positions of the input one output sees, r ← r + (f - 1) j and j ← j s from layer to layer,
    /// and j, how far neighbors see apart.
    /// </summary>
    /// <param name="layers">Kernel and stride of each layer, first to last.</param>
    /// <exception cref="ArgumentException">A kernel or stride is less than 1, or the results are more than 2^31 - 1.</exception>
    public static (int Field, int Jump) ReceptiveField(params ReadOnlySpan<(int Kernel, int Stride)> layers)
    {
        (int field, int jump) = (1, 1);
        foreach ((int kernel, int stride) in layers)
        {
            Check(kernel, stride, 0, 1);
            field = Fitting(field + (kernel - 1L) * jump, "positions in the field of an output");
            jump = Fitting((long)jump * stride, "positions between the fields of neighbors");
        }
        return (field, jump);
    }

    /// <inheritdoc cref="ReceptiveField(ReadOnlySpan{ValueTuple{int, int}})"/>
    public static (int Field, int Jump) ReceptiveField(params (int Kernel, int Stride)[] layers) =>
        ReceptiveField((ReadOnlySpan<(int Kernel, int Stride)>)layers);

    /// <summary>Whether the last window ends at the last position.</summary>
    internal static bool EndsExactly(int size, int kernel, int stride, int pad, int dilation)
    {
        Check(kernel, stride, pad, dilation);
        long rest = Rest(size, kernel, pad, dilation);
        return rest >= 0 && rest % stride == 0;
    }

    /// <summary>f = d (kernel - 1) + 1, over how many positions a window of checked settings reaches.</summary>
    internal static int Reach(int kernel, int dilation) => dilation * (kernel - 1) + 1;

    private static long Rest(int size, int kernel, int pad, int dilation) => size - (long)Reach(kernel, dilation) + 2L * pad;

    private static int Fitting(long number, string what) => number is >= int.MinValue and <= int.MaxValue ? (int)number
        : throw new ArgumentException($"{number} {what} were asked for, but sizes go up to {int.MaxValue}; take smaller numbers.");

    /// <summary>Refuses settings of a window that no input fits, each by its name.</summary>
    internal static void Check(int kernel, int stride, int pad, int dilation)
    {
        Argument.Within(kernel, 1, Most);
        Argument.Within(stride, 1, Most);
        Argument.Within(pad, 0, Most);
        Argument.Within(dilation, 1, Most);
        if (1L + (kernel - 1L) * dilation > Most)
            throw new ArgumentOutOfRangeException(nameof(dilation),
                $"A window of {kernel} positions with dilation {dilation} reaches over more than {Most}; "
                + "take a smaller dilation or kernel.");
    }
}
