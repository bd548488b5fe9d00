namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// Cross-correlates volumes [N, C, D, H, W] with filters [O, C / groups, KD, KH, KW] and adds a bias [O] if one is given, with one
        /// stride, padding and dilation along all three axes. The slices that a kernel sees stand as channels of one image, so that it is a
        /// convolution of images.
        /// </summary>
        /// <exception cref="ShapeException">Sizes or types do not fit.</exception>
        public Tensor Conv3d(Tensor weight, Tensor? bias = null, int stride = 1, int pad = 0, int dilation = 1, int groups = 1)
        {
            if (x.Rank != 5 || weight.Rank != 5)
                throw new ShapeException($"Conv3d got {x.Spec} and weights {weight.Spec}; "
                    + "it needs volumes [N, C, D, H, W] and weights [O, C / groups, KD, KH, KW].");
            if (pad < 0)
                throw new ShapeException($"Conv3d of {x.Spec} got the padding {pad}; give 0 or more.");
            Shape s = x.Shape, k = weight.Shape;
            // [N, C, D', KD, H, W]
            Tensor slices = Slide(x.Pad([0, 0, pad, 0, 0], [0, 0, pad, 0, 0]), 2, k[2], stride, dilation);
            int depth = slices.Shape[2];
            Tensor images = slices.Permute(0, 2, 1, 3, 4, 5).Reshape(s[0] * depth, s[1] * k[2], s[3], s[4]);
            Tensor y = images.Conv2d(weight.Reshape(k[0], k[1] * k[2], k[3], k[4]), bias, ConvWindow.Square(stride, pad, dilation, groups));
            return y.Reshape(s[0], depth, k[0], y.Shape[2], y.Shape[3]).Permute(0, 2, 1, 3, 4);
        }
    }
}
