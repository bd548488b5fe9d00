namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The mean of each of rows x columns windows that cover images [N, C, H, W]:
        /// window i goes from ⌊i H / rows⌋ to ⌈(i + 1) H / rows⌉, likewise along columns.
        /// </summary>
        /// <exception cref="ShapeException">These are no images, or no windows.</exception>
        public Tensor AdaptiveAveragePool(int rows, int columns)
        {
            CheckAdaptive("AdaptiveAveragePool", x, rows, columns);
            (int h, int w) = (x.Shape[2], x.Shape[3]);
            if (h % rows == 0 && w % columns == 0) return x.AveragePool(Even(x, rows, columns));
            // Uneven windows: means along each axis are a matrix product.
            return Shares(h, rows, x.DType).MatMul(x.MatMul(Shares(w, columns, x.DType).T));
        }

        /// <summary>
        /// The largest number of each of rows x columns windows that cover images [N, C, H, W] as those of the mean do; the gradient goes
        /// to the first of equals.
        /// </summary>
        /// <exception cref="ShapeException">These are no images, or no windows.</exception>
        public Tensor AdaptiveMaxPool(int rows, int columns)
        {
            CheckAdaptive("AdaptiveMaxPool", x, rows, columns);
            (int h, int w) = (x.Shape[2], x.Shape[3]);
            if (h % rows == 0 && w % columns == 0) return x.MaxPool(Even(x, rows, columns));
            return x.Take(Members(w, columns), 3).MaxWithIndex(4).Values.Take(Members(h, rows), 2).MaxWithIndex(3).Values;
        }
    }

    private static (int From, int To) AdaptiveWindow(int i, int size, int count) =>
        ((int)((long)i * size / count), (int)(((long)(i + 1) * size + count - 1) / count));

    private static PoolWindow Even(Tensor x, int rows, int columns)
    {
        (int h, int w) = (x.Shape[2] / rows, x.Shape[3] / columns);
        return new PoolWindow(h, w, h, w);
    }

    /// <summary>[count, size]: row i holds 1 / n at the n positions of window i.</summary>
    private static Tensor Shares(int size, int count, DType dtype)
    {
        Tensor shares = Tensor.Zeros([count, size], DType.Float64);
        Span<double> rows = shares.AsSpan<double>();
        for (int i = 0; i < count; i++)
        {
            (int from, int to) = AdaptiveWindow(i, size, count);
            rows.Slice(i * size + from, to - from).Fill(1.0 / (to - from));
        }
        return shares.Cast(dtype);
    }

    /// <summary>[count, longest window]: the positions of each window; shorter ones repeat their last, which changes no maximum.</summary>
    private static Tensor Members(int size, int count)
    {
        // Where there are more windows than positions, some lie on two, unless each position has as many windows.
        int longest = count < size
            ? Enumerable.Range(0, count).Max(i => AdaptiveWindow(i, size, count).To - AdaptiveWindow(i, size, count).From)
            : count % size == 0 ? 1 : 2;
        return Tensor.Whole([count, longest], i =>
        {
            (int from, int to) = AdaptiveWindow(i / longest, size, count);
            return Math.Min(from + i % longest, to - 1);
        });
    }

    private static void CheckAdaptive(string op, Tensor x, int rows, int columns)
    {
        if (x.Rank != 4 || x.Shape[2] == 0 || x.Shape[3] == 0 || rows < 1 || columns < 1)
            throw new ShapeException($"{op} was asked for {rows}x{columns} windows of {x.Spec}; "
                + "it needs images [N, C, H, W] that are not empty, and at least one window.");
    }
}
