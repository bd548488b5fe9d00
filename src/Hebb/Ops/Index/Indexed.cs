using System.Numerics;
using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>Brings tensors to the kernels that read and write at places named by indices along one axis.</summary>
internal static class Indexed
{
    /// <summary>Refuses indices that are not int64, have other axes than the indexed tensor, or are longer along an axis that is not indexed.</summary>
    public static void Check(string op, in Shape x, int axis, in TensorSpec index)
    {
        axis = x.Axis(axis);
        if (index.DType != DType.Int64) throw new ShapeException($"{op} got indices {index}, but indices are int64; convert them with Cast(DType.Int64).");
        bool fits = index.Shape.Rank == x.Rank;
        for (int i = 0; fits && i < x.Rank; i++) fits = i == axis || index.Shape[i] <= x[i];
        if (!fits)
            throw new ShapeException($"{op} got indices of shape {index.Shape} along axis {axis} of a tensor of shape {x}; the other axes must be as many and no longer.");
    }

    /// <summary>y = x at the indices.</summary>
    public static void Gather(Tensor x, int axis, Tensor index, Tensor y)
    {
        switch (x.DType)
        {
            case DType.Float32: Gather<float>(x, axis, index, y); break;
            case DType.Float64: Gather<double>(x, axis, index, y); break;
            case DType.Int64: Gather<long>(x, axis, index, y); break;
            default: Gather<bool>(x, axis, index, y); break;
        }
    }

    /// <summary>Writes x into y at the indices.</summary>
    public static void Scatter(Tensor x, int axis, Tensor index, Tensor y)
    {
        switch (x.DType)
        {
            case DType.Float32: Scatter<float>(x, axis, index, y); break;
            case DType.Float64: Scatter<double>(x, axis, index, y); break;
            case DType.Int64: Scatter<long>(x, axis, index, y); break;
            default: Scatter<bool>(x, axis, index, y); break;
        }
    }

    /// <summary>Adds x to y at the indices.</summary>
    public static void ScatterAdd(Tensor x, int axis, Tensor index, Tensor y)
    {
        switch (x.DType)
        {
            case DType.Float32: ScatterAdd<float>(x, axis, index, y); break;
            case DType.Float64: ScatterAdd<double>(x, axis, index, y); break;
            default: ScatterAdd<long>(x, axis, index, y); break;
        }
    }

    private static void Gather<T>(Tensor x, int axis, Tensor index, Tensor y) where T : unmanaged
    {
        axis = x.Shape.Axis(axis);
        Dims still = x.Spec.Strides.With(axis, 0);
        Indexing.Gather(
            index.Shape.Sizes, x.Shape[axis], x.Spec.Strides[axis], index.Span<long>(), index.Spec.Strides, x.Span<T>(), still, y.Span<T>(), y.Spec.Strides);
    }

    private static void Scatter<T>(Tensor x, int axis, Tensor index, Tensor y) where T : unmanaged
    {
        axis = y.Shape.Axis(axis);
        Dims still = y.Spec.Strides.With(axis, 0);
        Indexing.Scatter(
            index.Shape.Sizes, y.Shape[axis], y.Spec.Strides[axis], index.Span<long>(), index.Spec.Strides, x.Span<T>(), x.Spec.Strides, y.Span<T>(), still);
    }

    private static void ScatterAdd<T>(Tensor x, int axis, Tensor index, Tensor y) where T : unmanaged, INumber<T>
    {
        axis = y.Shape.Axis(axis);
        Dims still = y.Spec.Strides.With(axis, 0);
        Indexing.ScatterAdd(
            index.Shape.Sizes, y.Shape[axis], y.Spec.Strides[axis], index.Span<long>(), index.Spec.Strides, x.Span<T>(), x.Spec.Strides, y.Span<T>(), still);
    }
}
