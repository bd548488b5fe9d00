using System.Numerics;

namespace Hebb;

/// <summary>The first element of a tensor, in row-major order, that is not finite.</summary>
/// <param name="Value">NaN or an infinity.</param>
/// <param name="Place">Its index along each axis.</param>
/// <param name="Of">Type and shape of the tensor.</param>
internal sealed record NonFinite(double Value, IReadOnlyList<int> Place, TensorSpec Of)
{
    /// <summary>The first NaN, or the first infinity too; null if there is none.</summary>
    public static NonFinite? In(Tensor tensor, bool infinitiesToo = true) => tensor.DType switch
    {
        DType.Float32 => In<float>(tensor, infinitiesToo),
        DType.Float64 => In<double>(tensor, infinitiesToo),
        _ => null,
    };

    /// <summary>Such as <c>NaN at [3, 0] of float32[4, 2]</c>.</summary>
    public override string ToString() => Place.Count == 0 ? $"{Value} of {Of}" : $"{Value} at [{InvariantText.Join(", ", Place)}] of {Of}";

    private static NonFinite? In<T>(Tensor tensor, bool infinitiesToo) where T : unmanaged, IFloatingPoint<T>
    {
        T[] values = tensor.Detach().ToArray<T>();
        int at = Array.FindIndex(values, value => T.IsNaN(value) || (infinitiesToo && T.IsInfinity(value)));
        if (at < 0) return null;
        int[] place = new int[tensor.Rank];
        for (int axis = place.Length - 1, rest = at; axis >= 0; rest /= tensor.Shape[axis--]) place[axis] = rest % tensor.Shape[axis];
        return new NonFinite(double.CreateTruncating(values[at]), place, tensor.Spec);
    }
}
