namespace Hebb.Kernels;

/// <summary>
/// Pooling of image stacks: maximum and average, with their gradients, for floats and doubles. Stacks are logically [N, C, H, W] with
/// four strides in elements; any layout works, fastest where channels, images or columns lie side by side in what is read and what is
/// written. Results are the same bits for any layout, lane width and number of threads.
/// </summary>
internal static unsafe class Pool
{
    /// <summary>y = max of each window; NaN when the window holds one.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Inputs [N, C, H, W].</param>
    /// <param name="xStrides">Their strides.</param>
    /// <param name="y">Outputs [N, C, OutH, OutW].</param>
    /// <param name="yStrides">Their strides.</param>
    /// <param name="winners">
    /// Nothing; or as long as <paramref name="y"/> and of its layout, to take which window element won, as the number u·KernelW + v: the
    /// first among equals, or the first NaN. The gradient needs them.
    /// </param>
    /// <exception cref="ArgumentException">Sizes, lengths or strides do not fit together; the message says which.</exception>
    public static void Max<T>(in PoolShape shape, ReadOnlySpan<T> x, in Dims xStrides, Span<T> y, in Dims yStrides, Span<T> winners)
        where T : unmanaged
    {
        Check<T>(shape, x.Length, "x", xStrides, y.Length, "y", yStrides);
        if (!winners.IsEmpty) ConvCheck.Length("winners", winners.Length, y.Length);
        fixed (T* from = x, to = y, won = winners)
        {
            var place = new PoolPlace<T> { From = from, To = to, ToWinners = won };
            if (won == null && !shape.IsEmpty && MaxPairs<T>.Suits(shape, xStrides, yStrides))
                MaxPairs<T>.Go(shape, from, xStrides, to, yStrides);
            else if (won == null) PoolWalk<T, MaxKind>.Go(shape, false, false, place, xStrides, yStrides);
            else PoolWalk<T, MaxWinnerKind>.Go(shape, false, false, place, xStrides, yStrides);
        }
    }

    /// <summary>dx = f(the sum of dy over the windows that each input won, other)</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <typeparam name="F">The type of f.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="dy">Gradients of the outputs [N, C, OutH, OutW].</param>
    /// <param name="winners">The winners, in the layout of <paramref name="dy"/>.</param>
    /// <param name="yStrides">The strides of both.</param>
    /// <param name="dx">Gradients of the inputs [N, C, H, W]; without gaps if there is a function.</param>
    /// <param name="xStrides">Their strides.</param>
    /// <param name="f">The function.</param>
    /// <param name="other">Nothing, or what f takes second: numbers that lie as those of <paramref name="dx"/> do.</param>
    /// <exception cref="ArgumentException">Sizes, lengths or strides do not fit together; the message says which.</exception>
    public static void MaxGradient<T, F>(
        in PoolShape shape, ReadOnlySpan<T> dy, ReadOnlySpan<T> winners, in Dims yStrides, Span<T> dx, in Dims xStrides, F f,
        ReadOnlySpan<T> other) where T : unmanaged where F : struct, IBinaryLane
    {
        if (!other.IsEmpty) ConvCheck.Length("other", other.Length, dx.Length);
        Check<T>(shape, dx.Length, "dx", xStrides, dy.Length, "dy", yStrides);
        ConvCheck.Length("winners", winners.Length, dy.Length);
        fixed (T* from = dy, won = winners, to = dx, others = other)
        {
            var place = new PoolPlace<T> { From = from, FromWinners = won, To = to };
            if (shape.IsTiled)
            {
                MaxScatter<T, F>.Go(shape, place, yStrides, xStrides, f, others);
                return;
            }
            PoolWalk<T, MaxGradientKind>.Go(shape, true, false, place, yStrides, xStrides);
        }
        if (typeof(F) != typeof(FirstOfPair<NoActivation>)) Map.Binary(f, dx, other.IsEmpty ? dx : other, dx);
    }

    /// <summary>y = x at each window's winner: the gradient of <see cref="MaxGradient{T, F}"/>.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Numbers [N, C, H, W].</param>
    /// <param name="xStrides">Their strides.</param>
    /// <param name="winners">The winners, in the layout of <paramref name="y"/>.</param>
    /// <param name="y">Their numbers [N, C, OutH, OutW].</param>
    /// <param name="yStrides">The strides of both.</param>
    /// <exception cref="ArgumentException">Sizes, lengths or strides do not fit together; the message says which.</exception>
    public static void TakeWinners<T>(
        in PoolShape shape, ReadOnlySpan<T> x, in Dims xStrides, ReadOnlySpan<T> winners, Span<T> y, in Dims yStrides) where T : unmanaged
    {
        Check<T>(shape, x.Length, "x", xStrides, y.Length, "y", yStrides);
        ConvCheck.Length("winners", winners.Length, y.Length);
        fixed (T* from = x, won = winners, to = y)
            PoolWalk<T, WinnerKind>.Go(shape, false, false, new PoolPlace<T> { From = from, ToWinners = won, To = to }, xStrides, yStrides);
    }

    /// <summary>y = the mean of each window.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Inputs [N, C, H, W].</param>
    /// <param name="xStrides">Their strides.</param>
    /// <param name="y">Outputs [N, C, OutH, OutW].</param>
    /// <param name="yStrides">Their strides.</param>
    /// <param name="countPadding">Whether positions in the padding count as zeros (the default) or not at all.</param>
    /// <exception cref="ArgumentException">Sizes, lengths or strides do not fit together; the message says which.</exception>
    public static void Average<T>(
        in PoolShape shape, ReadOnlySpan<T> x, in Dims xStrides, Span<T> y, in Dims yStrides, bool countPadding = true) where T : unmanaged
    {
        Check<T>(shape, x.Length, "x", xStrides, y.Length, "y", yStrides);
        fixed (T* from = x, to = y)
            PoolWalk<T, AverageKind>.Go(shape, false, countPadding, new PoolPlace<T> { From = from, To = to }, xStrides, yStrides);
    }

    /// <summary>dx = the sum over the windows that saw each input of dy divided by the window's count.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="shape">The sizes.</param>
    /// <param name="dy">Gradients of the outputs [N, C, OutH, OutW].</param>
    /// <param name="yStrides">Their strides.</param>
    /// <param name="dx">Gradients of the inputs [N, C, H, W].</param>
    /// <param name="xStrides">Their strides.</param>
    /// <param name="countPadding">Whether positions in the padding counted.</param>
    /// <exception cref="ArgumentException">Sizes, lengths or strides do not fit together; the message says which.</exception>
    public static void AverageGradient<T>(
        in PoolShape shape, ReadOnlySpan<T> dy, in Dims yStrides, Span<T> dx, in Dims xStrides, bool countPadding = true)
        where T : unmanaged
    {
        Check<T>(shape, dx.Length, "dx", xStrides, dy.Length, "dy", yStrides);
        fixed (T* from = dy, to = dx)
            PoolWalk<T, AverageGradientKind>.Go(shape, true, countPadding, new PoolPlace<T> { From = from, To = to }, yStrides, xStrides);
    }

    private static void Check<T>(in PoolShape s, int inputs, string input, in Dims xStrides, int outputs, string output, in Dims yStrides)
    {
        ConvCheck.Type<T>();
        s.Validate();
        ConvCheck.Stack(input, inputs, [s.N, s.C, s.H, s.W], xStrides);
        ConvCheck.Stack(output, outputs, [s.N, s.C, s.OutH, s.OutW], yStrides);
    }
}
