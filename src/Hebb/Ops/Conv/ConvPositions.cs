using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>What the ops of correlations at places have in common: the shape rule and the cost.</summary>
internal static class ConvPositions
{
    /// <summary>The sizes for sequences [N, T, C] and filters [O, K, C].</summary>
    public static WindowsAtPositions Of(in Shape x, in Shape w, int left) => new(x[0], x[1], x[2], w[0], w[1], left);

    /// <summary>Refuses sequences and filters that do not fit.</summary>
    public static WindowsAtPositions Check(string op, in TensorSpec x, in TensorSpec w, int left)
    {
        if (x.Shape.Rank != 3 || w.Shape.Rank != 3 || x.Shape[2] != w.Shape[2] || x.DType != w.DType || !x.DType.IsFloat)
            throw new ShapeException(
                $"{op} got sequences {x} and filters {w}; it needs [N, T, C] and [O, K, C] of one floating-point type.");
        return Of(x.Shape, w.Shape, left);
    }

    /// <summary>Refuses operands that do not fit; results, where they are given, must be [N, O].</summary>
    public static WindowsAtPositions Check(
        string op, in TensorSpec x, in TensorSpec w, in TensorSpec places, int left, in TensorSpec? results = null)
    {
        WindowsAtPositions windows = Check(op, x, w, left);
        Shape each = [windows.N, windows.O];
        if (places.DType != DType.Int64 || places.Shape != each)
            throw new ShapeException($"{op} got places {places} for sequences {x} and filters {w}; it needs int64{each}.");
        if (results is { } y && (y.DType != x.DType || y.Shape != each))
            throw new ShapeException($"{op} got {y} for sequences {x} and filters {w}; it needs {x.DType.Name}{each}.");
        return windows;
    }

    /// <summary>A multiplication and an addition for each number of each filter and sequence.</summary>
    public static double Flops(in Shape results, in Shape w) => 2.0 * results[0] * results[1] * w[1] * w[2];
}
