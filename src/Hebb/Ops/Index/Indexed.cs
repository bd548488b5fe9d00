namespace Hebb.Ops;

/// <summary>The rule of ops that read and write at places named by indices along one axis.</summary>
internal static class Indexed
{
    /// <summary>
    /// Refuses indices that are not int64, have other axes than the indexed tensor, or are longer along an axis that is not indexed.
    /// </summary>
    public static void Check(string op, in Shape x, int axis, in TensorSpec index)
    {
        axis = x.Axis(axis);
        if (index.DType != DType.Int64)
            throw new ShapeException($"{op} got indices {index}, but indices are int64; convert them with Cast(DType.Int64).");
        bool fits = index.Shape.Rank == x.Rank;
        for (int i = 0; fits && i < x.Rank; i++) fits = i == axis || index.Shape[i] <= x[i];
        if (!fits)
            throw new ShapeException($"{op} got indices of shape {index.Shape} along axis {axis} of a tensor of shape {x}; "
                + "the other axes must be as many and no longer.");
    }
}
