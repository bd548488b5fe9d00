namespace Hebb.Kernels;

/// <summary>
/// The sizes of two-dimensional pooling: output pixel (i, j) of each image and channel sums up the window of input positions
/// (i·strideH − padH + u·dilationH, j·strideW − padW + v·dilationW) that lie inside the image. One-dimensional pooling has height 1.
/// </summary>
/// <param name="N">Images in the batch, from 0.</param>
/// <param name="C">Channels.</param>
/// <param name="H">Rows of the input.</param>
/// <param name="W">Columns of the input.</param>
/// <param name="KernelH">Rows of the window.</param>
/// <param name="KernelW">Columns of the window.</param>
/// <param name="StrideH">Rows from one window to the next, usually those of the window.</param>
/// <param name="StrideW">Columns from one window to the next, usually those of the window.</param>
internal readonly record struct PoolShape(int N, int C, int H, int W, int KernelH, int KernelW, int StrideH, int StrideW)
{
    /// <summary>Rows thought above and below the image, at most half the window; 0 by default.</summary>
    public int PadH { get; init; }

    /// <summary>Columns thought left and right of the image, at most half the window; 0 by default.</summary>
    public int PadW { get; init; }

    /// <summary>Rows from one window element to the next; 1 by default.</summary>
    public int DilationH { get; init; } = 1;

    /// <summary>Columns from one window element to the next; 1 by default.</summary>
    public int DilationW { get; init; } = 1;

    /// <summary>Whether a last window that only begins inside the image or its left padding counts; false by default.</summary>
    public bool CeilMode { get; init; }

    /// <summary>Rows of the output: ⌊(H + 2·padH − dilationH·(kernelH − 1) − 1) / strideH⌋ + 1, or ⌈…⌉ in ceil mode.</summary>
    public int OutH => OutputSize(H, KernelH, StrideH, PadH, DilationH);

    /// <summary>Columns of the output, by the same rule.</summary>
    public int OutW => OutputSize(W, KernelW, StrideW, PadW, DilationW);

    /// <summary>Whether windows lie side by side inside the image, without gaps, padding or dilation.</summary>
    public bool IsTiled => StrideH == KernelH && StrideW == KernelW && PadH == 0 && PadW == 0 && DilationH == 1 && DilationW == 1
        && OutH <= H / KernelH && OutW <= W / KernelW;

    /// <summary>Whether there are no images.</summary>
    internal bool IsEmpty => N == 0 || C == 0;

    internal void Validate()
    {
        if (N < 0 || C < 0 || H < 1 || W < 1)
            throw new ArgumentException(
                $"Pooling has the input [{N}, {C}, {H}, {W}]; batch and channels must be at least 0 and the other sizes at least 1.");
        ConvShape.ValidateWindow(nameof(H), H, KernelH, StrideH, PadH, DilationH);
        ConvShape.ValidateWindow(nameof(W), W, KernelW, StrideW, PadW, DilationW);
        if (2L * PadH > ((KernelH - 1L) * DilationH) + 1 || 2L * PadW > ((KernelW - 1L) * DilationW) + 1)
            throw new ArgumentException(
                $"Pooling has a window of {KernelH} by {KernelW} with padding {PadH} and {PadW}; "
                + "padding may be at most half the window, or windows would lie outside the image.");
        if ((long)KernelH * KernelW > 1 << 24)
            throw new ArgumentException($"Pooling has a window of {KernelH} by {KernelW}; at most 2^24 elements are possible.");
    }

    private int OutputSize(int size, int kernel, int stride, int pad, int dilation)
    {
        int floor = ConvShape.OutputSize(size, kernel, stride, pad, dilation);
        if (!CeilMode) return floor;
        long covered = ((floor - 1L) * stride) + ((long)dilation * (kernel - 1L)) + 1;
        bool more = covered < size + (2L * pad) && (long)floor * stride < (long)size + pad;
        return more ? floor + 1 : floor;
    }
}
