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
        if (window.Groups < 1 || (long)w.Shape[1] * window.Groups != x.Shape[1] || w.Shape[0] % window.Groups != 0)
            throw new ShapeException($"{op} got weights {w.Shape} in {window.Groups} groups for images of {x.Shape[1]} channels; "
                + "weights are [O, C / groups, KH, KW] with O a multiple of the groups.");
        if (x.Shape[1] == 0 || w.Shape[0] == 0)
            throw new ShapeException($"{op} got weights {w} for images {x}; there must be at least one channel and one filter.");
        if (!Fits(x.Shape[2], w.Shape[2], window.StrideH, window.PadH, window.DilationH)
            || !Fits(x.Shape[3], w.Shape[3], window.StrideW, window.PadW, window.DilationW))
            throw new ShapeException($"{op} slides a {w.Shape[2]}x{w.Shape[3]} kernel with {window.Words} over images "
                + $"of {x.Shape[2]}x{x.Shape[3]}, where it does not fit; pad the images or take a smaller kernel.");
        return window.Of(x.Shape, w.Shape);
    }

    private static bool Fits(int size, int kernel, int stride, int pad, int dilation)
    {
        long padded = size + 2L * pad, reach = (long)dilation * (kernel - 1L) + 1;
        return size >= 1 && stride >= 1 && pad >= 0 && dilation >= 1 && kernel >= 1 && reach <= padded && padded <= int.MaxValue;
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
