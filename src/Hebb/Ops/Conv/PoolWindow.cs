using Hebb.Kernels;

namespace Hebb;

/// <summary>The window of a pooling: its size, its stride and its padding.</summary>
/// <param name="KernelH">Rows of the window.</param>
/// <param name="KernelW">Columns of the window.</param>
/// <param name="StrideH">Rows from one window to the next.</param>
/// <param name="StrideW">Columns from one window to the next.</param>
/// <param name="PadH">Rows around the image, at most half the window.</param>
/// <param name="PadW">Columns around the image, at most half the window.</param>
/// <param name="CeilMode">Whether a last window that hangs over the edge counts; windows are whole by default.</param>
public readonly record struct PoolWindow(
    int KernelH, int KernelW, int StrideH, int StrideW, int PadH = 0, int PadW = 0, bool CeilMode = false)
{
    /// <summary>The most positions that a window, its stride and its padding may have.</summary>
    internal const int Most = 1 << 24;

    /// <summary>A square window; the stride is the window's size unless given.</summary>
    public static PoolWindow Square(int kernel, int? stride = null, int pad = 0) =>
        OfSteps(kernel, stride, pad) with { KernelH = kernel, StrideH = stride ?? kernel, PadH = pad };

    /// <summary>A window over the last axis alone.</summary>
    internal static PoolWindow OfSteps(int kernel, int? stride, int pad)
    {
        Argument.Within(kernel, 1, Most);
        if (stride is not null) Argument.Within(stride.Value, 1, Most, nameof(stride));
        Argument.Within(pad, 0, kernel / 2);
        return new PoolWindow(1, kernel, 1, stride ?? kernel, 0, pad);
    }

    /// <summary>A window over the last axis but one alone.</summary>
    internal static PoolWindow OfRows(int kernel, int? stride, int pad) => OfSteps(kernel, stride, pad).Turned();

    /// <summary>The window itself, all of whose settings are possible.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not; the message names it.</exception>
    internal PoolWindow Checked()
    {
        Argument.Within(KernelH, 1, Most);
        Argument.Within(KernelW, 1, Most);
        Argument.Within(StrideH, 1, Most);
        Argument.Within(StrideW, 1, Most);
        Argument.Within(PadH, 0, KernelH / 2);
        Argument.Within(PadW, 0, KernelW / 2);
        return this;
    }

    private PoolWindow Turned() => new(KernelW, KernelH, StrideW, StrideH, PadW, PadH, CeilMode);

    internal PoolShape Of(in Shape x) =>
        new(x[0], x[1], x[2], x[3], KernelH, KernelW, StrideH, StrideW) { PadH = PadH, PadW = PadW, CeilMode = CeilMode };

    /// <summary>Size and stride along rows (0) or columns (1).</summary>
    internal (int Size, int Stride) Along(int axis) => axis == 0 ? (KernelH, StrideH) : (KernelW, StrideW);

    /// <summary>Checks the images and gives type and shape of the result.</summary>
    internal TensorSpec Infer(string op, in TensorSpec x)
    {
        if (x.Shape.Rank != 4 || !x.DType.IsFloat)
            throw new ShapeException($"{op} got {x}; it needs a floating-point tensor [N, C, H, W].");
        Checked();
        long h = x.Shape[2] + 2L * PadH, w = x.Shape[3] + 2L * PadW;
        if (x.Shape[2] < 1 || x.Shape[3] < 1 || KernelH > h || KernelW > w || h > int.MaxValue || w > int.MaxValue)
            throw new ShapeException($"{op} moves a {KernelH}x{KernelW} window with stride {StrideH}x{StrideW} "
                + $"and padding {PadH}x{PadW} over images of {x.Shape[2]}x{x.Shape[3]}, where it does not fit; "
                + "take a smaller window.");
        PoolShape shape = Of(x.Shape);
        return new TensorSpec(x.DType, [x.Shape[0], x.Shape[1], shape.OutH, shape.OutW]);
    }

    /// <summary>The layout of a result: as the images lie, if they lie without gaps.</summary>
    internal static TensorSpec Lay(in TensorSpec y, in TensorSpec images) => images.IsDense ? images.Reshaped(y.Shape) : y;

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(PoolWindow), PrintMembers);
}
