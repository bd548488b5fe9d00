using Hebb.Kernels;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The transposed convolution of volumes: what a convolution with these weights does to gradients on their way back.
        /// Operands x [N, I, D, H, W] and weights [I, O / groups, KD, KH, KW];
        /// the result is [N, O, D″, H″, W″] with D″ = (D - 1) stride - 2 pad + dilation (KD - 1) + extra + 1, and H″ and W″ likewise.
        /// </summary>
        /// <param name="weight">The weights.</param>
        /// <param name="bias">One number for each output channel, or none.</param>
        /// <param name="stride">Positions of the result from one input to the next.</param>
        /// <param name="pad">Positions cut off at each end.</param>
        /// <param name="dilation">From one kernel element to the next.</param>
        /// <param name="groups">Groups of channels with filters of their own.</param>
        /// <param name="extra">Positions added at the end of each axis, fewer than the stride.</param>
        /// <exception cref="ShapeException">Sizes or types do not fit.</exception>
        public Tensor ConvTranspose3d(
            Tensor weight, Tensor? bias = null, int stride = 1, int pad = 0, int dilation = 1, int groups = 1, int extra = 0)
        {
            if (x.Rank != 5 || weight.Rank != 5 || weight.Shape[0] != x.Shape[1])
                throw new ShapeException($"ConvTranspose3d got {x.Spec} and weights {weight.Spec}; "
                    + "it needs volumes [N, I, D, H, W] and weights [I, O / groups, KD, KH, KW].");
            Shape s = x.Shape, k = weight.Shape;
            if (stride < 1 || pad < 0 || dilation < 1 || groups < 1 || extra < 0 || s[2] < 1 || s[3] < 1 || s[4] < 1
                || k[2] < 1 || k[3] < 1 || k[4] < 1)
                throw new ShapeException($"ConvTranspose3d of {x.Spec} with weights {weight.Spec} got stride {stride}, padding {pad}, "
                    + $"dilation {dilation}, {groups} groups and {extra} extra positions; padding and extra positions are 0 or more, "
                    + "the others and all sides of volumes and kernel 1 or more.");
            int outputs = Shape.Size((long)k[1] * groups), wide = Shape.Size((s[2] - 1L) * stride + dilation * (k[2] - 1L) + 1 + extra);
            if (wide - 2L * pad < 1)
                throw new ShapeException($"ConvTranspose3d of {x.Spec} with weights {weight.Spec} and padding {pad} "
                    + $"would give volumes of depth {wide - 2L * pad}; pad less.");
            // Each slice paints, as an image, one channel for each output and each slice of the kernel ...
            Tensor images = x.Permute(0, 2, 1, 3, 4).Reshape(s[0] * s[2], s[1], s[3], s[4]);
            Tensor painted = images.ConvTranspose2d(
                weight.Reshape(k[0], k[1] * k[2], k[3], k[4]), null, ConvWindow.Square(stride, pad, dilation, groups), extra, extra);
            (int rows, int columns) = (painted.Shape[2], painted.Shape[3]);
            Tensor slices = painted.Reshape(s[0], s[2], outputs, k[2], rows, columns).Permute(0, 2, 3, 1, 4, 5);
            // ... and these are laid where the kernel's slices come to lie.
            Shape target = [s[0], outputs, wide, rows, columns];
            Tensor? y = null;
            for (int slice = 0; slice < k[2]; slice++)
            {
                Tensor laid = slices.Narrow(2, slice, 1).Squeeze(2)
                    .Apply(new TakeSliceGrad(target, new Dims([0, 0, slice * dilation, 0, 0]), new Dims([1, 1, stride, 1, 1])));
                y = y is null ? laid : y + laid;
            }
            y = y!.Narrow(2, pad, wide - 2 * pad);
            return bias is null ? y : y + bias.Reshape(outputs, 1, 1, 1);
        }
    }
}
