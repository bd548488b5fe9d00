namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The windows that a kernel sees on its way over images [N, C, H, W]:
        /// [N, C, H', W', rows, columns], window (i, j) at [n, c, i, j].
        /// </summary>
        /// <param name="rows">Rows of the kernel.</param>
        /// <param name="columns">Columns of the kernel.</param>
        /// <param name="window">How it moves; step 1 without padding by default. Groups count for nothing.</param>
        /// <param name="padding">What is thought around the images; 0 by default.</param>
        /// <exception cref="ShapeException">The kernel does not fit.</exception>
        public Tensor Windows(int rows, int columns, ConvWindow? window = null, double padding = 0)
        {
            ConvWindow w = window ?? ConvWindow.Square();
            if (x.Rank != 4) throw new ShapeException($"Windows got {x.Spec}; it needs images [N, C, H, W].");
            Tensor padded = x.Pad([0, 0, w.PadH, w.PadW], [0, 0, w.PadH, w.PadW], value: padding);
            Tensor down = Slide(padded, 2, rows, w.StrideH, w.DilationH);
            // Now [N, C, H', rows, W], and then [N, C, H', rows, W', columns].
            return Slide(down, 4, columns, w.StrideW, w.DilationW).Permute(0, 1, 2, 4, 3, 5);
        }

        /// <summary>
        /// The windows of images [N, C, H, W] as columns, [N, C · rows · columns, H' · W'] (im2col): with weights [O, C · rows · columns] a
        /// convolution is one matrix product.
        /// </summary>
        /// <param name="rows">Rows of the kernel.</param>
        /// <param name="columns">Columns of the kernel.</param>
        /// <param name="window">How it moves; step 1 without padding by default. Groups count for nothing.</param>
        /// <exception cref="ShapeException">The kernel does not fit.</exception>
        public Tensor Unfold(int rows, int columns, ConvWindow? window = null)
        {
            Tensor windows = x.Windows(rows, columns, window);
            Shape s = windows.Shape;
            return windows.Permute(0, 1, 4, 5, 2, 3).Reshape(s[0], new Shape(s[1], rows, columns).Count, s[2] * s[3]);
        }
    }

    /// <summary>An axis of length L cut into windows: positions and places in the window, two axes in its stead.</summary>
    private static Tensor Slide(Tensor x, int axis, int size, int stride, int dilation)
    {
        int length = x.Shape[axis];
        long reach = (long)dilation * (size - 1L) + 1;
        if (size < 1 || stride < 1 || dilation < 1 || reach > length)
            throw new ShapeException($"A window of {size} with stride {stride} and dilation {dilation} does not fit an axis of {length}; "
                + "pad it, or take a smaller window.");
        int count = (int)((length - reach) / stride) + 1;
        return x.Take(Tensor.Whole([count, size], i => (long)(i / size) * stride + (long)(i % size) * dilation), axis);
    }
}
