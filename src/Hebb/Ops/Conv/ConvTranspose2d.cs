using Hebb.Ops;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The transposed convolution: what a convolution of images with these weights and this window does to gradients on their way back,
        /// and so from small images to large ones. Operands x [N, I, H, W] and weights [I, O / groups, KH, KW];
        /// the result is [N, O, H″, W″] with H″ = (H - 1) stride - 2 pad + dilation (KH - 1) + extra + 1.
        /// </summary>
        /// <param name="weight">The weights.</param>
        /// <param name="bias">One number for each output channel, or none.</param>
        /// <param name="window">How the convolution's kernel moves.</param>
        /// <param name="extraRows">
        /// Rows added at the bottom, fewer than stride or dilation: several sizes are mapped to one by a convolution with a stride.
        /// </param>
        /// <param name="extraColumns">Columns added on the right, likewise.</param>
        /// <exception cref="ShapeException">Sizes or types do not fit.</exception>
        public Tensor ConvTranspose2d(
            Tensor weight, Tensor? bias = null, ConvWindow? window = null, int extraRows = 0, int extraColumns = 0)
        {
            ConvWindow w = window ?? ConvWindow.Square();
            if (x.Rank != 4 || weight.Rank != 4 || weight.Shape[0] != x.Shape[1] || x.Shape[2] == 0 || x.Shape[3] == 0)
                throw new ShapeException($"ConvTranspose2d got {x.Spec} and weights {weight.Spec}; "
                    + "it needs images [N, I, H, W] of at least one pixel and weights [I, O / groups, KH, KW].");
            bool fits = w.StrideH >= 1 && w.StrideW >= 1 && w.DilationH >= 1 && w.DilationW >= 1 && w.PadH >= 0 && w.PadW >= 0
                && w.Groups >= 1 && extraRows >= 0 && extraRows < Math.Max(w.StrideH, w.DilationH)
                && extraColumns >= 0 && extraColumns < Math.Max(w.StrideW, w.DilationW);
            if (!fits)
                throw new ShapeException($"ConvTranspose2d was asked for {extraRows} extra rows and {extraColumns} extra columns "
                    + $"with {w.Words} in {w.Groups} groups; take strides, dilations and groups of 1 or more, no negative padding, "
                    + "and fewer extra positions than the stride or dilation.");
            long rows = Size(x.Shape[2], weight.Shape[2], w.StrideH, w.PadH, w.DilationH, extraRows);
            long columns = Size(x.Shape[3], weight.Shape[3], w.StrideW, w.PadW, w.DilationW, extraColumns);
            if (rows is < 1 or > int.MaxValue || columns is < 1 or > int.MaxValue)
                throw new ShapeException(
                    $"ConvTranspose2d of {x.Spec} with weights {weight.Spec} and {w.Words} "
                        + $"would give images of {rows}x{columns}; "
                        + $"choose such numbers that each side is from 1 to {int.MaxValue}.");
            int outputs = Shape.Size((long)weight.Shape[1] * w.Groups);
            // Where a whole step is added, a convolution of the result would see one position more, which is 0 here.
            (int moreRows, int moreColumns) = (extraRows / w.StrideH, extraColumns / w.StrideW);
            if (moreRows > 0 || moreColumns > 0) x = x.Pad([0, 0, 0, 0], [0, 0, moreRows, moreColumns]);
            Tensor y = x.Apply(new Conv2dInputGrad(w, [x.Shape[0], outputs, (int)rows, (int)columns]), weight);
            return bias is null ? y : y + bias.Reshape(outputs, 1, 1);

            static long Size(int size, int kernel, int stride, int pad, int dilation, int extra) =>
                (size - 1L) * stride - 2L * pad + dilation * (kernel - 1L) + extra + 1;
        }
    }
}
