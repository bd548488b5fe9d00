using Hebb.Kernels;

namespace Hebb;

/// <summary>Writes a tensor into a part of another's memory, without making a view of it.</summary>
internal static class Placement
{
    /// <summary>Writes x to the elements that a view shows.</summary>
    public static void Put<TView>(Tensor x, Tensor y, TView view) where TView : struct, IView
    {
        (TensorSpec spec, int offset) = view.View(y.Spec);
        Put(x, y, spec.Strides, offset);
    }

    /// <summary>Writes x to the elements that lie at an offset from y's first element and the given strides apart.</summary>
    public static void Put(Tensor x, Tensor y, in Dims strides, int offset)
    {
        if (x.Count == 0) return;
        switch (y.DType)
        {
            case DType.Float32: Put<float>(x, y, strides, offset); break;
            case DType.Float64: Put<double>(x, y, strides, offset); break;
            case DType.Int64: Put<long>(x, y, strides, offset); break;
            default: Put<bool>(x, y, strides, offset); break;
        }
    }

    private static void Put<T>(Tensor x, Tensor y, in Dims strides, int offset) where T : unmanaged
    {
        int last = 0;
        for (int i = 0; i < x.Rank; i++) last += (x.Shape[i] - 1) * strides[i];
        Copy.Strided(Loop.Of(x.Shape.Sizes, [x.Spec.Strides, strides]), x.Span<T>(), y.Span<T>().Slice(offset, last + 1));
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }
}
