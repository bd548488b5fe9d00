using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>What the largest and the smallest element along an axis have in common: the rule, and what is at their places.</summary>
internal static class ArgExtreme
{
    public static TensorSpec IndexSpec(string op, in TensorSpec x, int axis)
    {
        if (x.DType == DType.Bool) throw new ShapeException($"{op} got {x}, but truth values have no order; Cast(DType.Int64) first.");
        if (x.Shape[axis] == 0)
            throw new ShapeException($"{op} was asked along axis {axis} of {x}, which is empty; there must be at least one element.");
        return new TensorSpec(DType.Int64, x.Shape.Without(axis));
    }

    /// <summary>Refuses axes along which there is no element.</summary>
    public static void RequireSome(string op, Tensor x, Dims axes)
    {
        if (Axes.Count(x.Shape, axes) == 0)
            throw new ShapeException($"{op} was asked over axes {new Shape(axes.ToArray())} of {x.Spec}, along which there is nothing; "
                + "there must be at least one element.");
    }

    /// <summary>The elements at the places, which keep the axis with size 1, and the places; both with the axis or without.</summary>
    public static (Tensor Values, Tensor Indices) Taken(Tensor x, Tensor places, int axis, bool keepAxis)
    {
        Tensor values = x.Gather(axis, places);
        return keepAxis ? (values, places) : (values.Squeeze(axis), places.Squeeze(axis));
    }
}
