using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>Checks that convolutions share.</summary>
internal static class ConvOps
{
    public static ConvShape Check(string op, in TensorSpec x, in TensorSpec w, in ConvWindow window)
    {
        if (x.Shape.Rank != 4 || !x.DType.IsFloat)
            throw new ShapeException($"{op} got images {x}; it needs a floating-point tensor [N, C, H, W].");
        if (w.Shape.Rank != 4 || w.DType != x.DType)
            throw new ShapeException($"{op} got weights {w} for images {x}; it needs weights [O, C / groups, KH, KW] of the images' type.");
        if (window.Groups < 1 || w.Shape[1] * window.Groups != x.Shape[1] || w.Shape[0] % window.Groups != 0)
            throw new ShapeException($"{op} got weights {w.Shape} in {window.Groups} groups for images of {x.Shape[1]} channels; "
                + "weights are [O, C / groups, KH, KW] with O a multiple of the groups.");
        ConvShape shape = window.Of(x.Shape, w.Shape);
        if (shape.OutH < 1 || shape.OutW < 1 || window.StrideH < 1 || window.StrideW < 1)
            throw new ShapeException($"{op} slides a {w.Shape[2]}x{w.Shape[3]} kernel with {window.Words} over images "
                + $"of {x.Shape[2]}x{x.Shape[3]}, where it does not fit; pad the images or take a smaller kernel.");
        return shape;
    }

    public static void CheckGradient(string op, in TensorSpec dy, in ConvShape shape)
    {
        if (dy.Shape != [shape.N, shape.OutC, shape.OutH, shape.OutW])
            throw new ShapeException(
                $"{op} got a gradient {dy}; the convolution gave [{shape.N}, {shape.OutC}, {shape.OutH}, {shape.OutW}].");
    }

    /// <summary>A stack of images in the layout in which the convolution's kernels are fastest.</summary>
    public static TensorSpec Lay(in ConvShape shape, in TensorSpec images)
    {
        Shape s = images.Shape;
        ConvLayout layout = images.DType == DType.Float32 ? Conv.ChooseLayout<float>(shape) : Conv.ChooseLayout<double>(shape);
        return new(images.DType, s, layout.Strides(s[0], s[1], s[2], s[3]));
    }
}
