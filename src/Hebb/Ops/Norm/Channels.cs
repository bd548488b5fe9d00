using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>What ops on channels, axis 1 of [N, C, ...], share: checks, and layouts that the kernels take as they are.</summary>
internal static class Channels
{
    /// <summary>Refuses an ε that cannot keep a quotient finite: it is positive and finite, in the tensor's type too.</summary>
    public static void CheckEpsilon(double epsilon, in TensorSpec x) =>
        ElementTypes.RequireHeld(Argument.Above(epsilon, 0), x.DType);

    public static void Check(string op, in TensorSpec x, params ReadOnlySpan<TensorSpec> perChannel)
    {
        if (x.Shape.Rank < 2 || !x.DType.IsFloat)
            throw new ShapeException($"{op} got {x}; it needs a floating-point tensor [N, C, ...].");
        foreach (TensorSpec each in perChannel)
        {
            if (each.Shape != [x.Shape[1]] || each.DType != x.DType)
                throw new ShapeException($"{op} got {each} for {x}; it needs one {x.DType.Name} for each of the {x.Shape[1]} channels.");
        }
    }

    /// <summary>[1, C, 1, ...]: the shape in which numbers of channels broadcast.</summary>
    public static Shape Broadcast(Shape x)
    {
        Shape channels = x.With(0, 1);
        for (int i = 2; i < x.Rank; i++) channels = channels.With(i, 1);
        return channels;
    }

    /// <summary>
    /// The layout of a result: as the operand lies if its channels lie outside, first or last without gaps, else row-major.
    /// </summary>
    public static TensorSpec Lay(in TensorSpec x) => x.IsDense && TryGrid(x, out _) ? x.Fresh(x.DType) : new TensorSpec(x.DType, x.Shape);

    /// <summary>How the kernels see a layout that <see cref="Lay"/> gave.</summary>
    public static ChannelGrid Grid(in TensorSpec x) => TryGrid(x, out ChannelGrid grid)
        ? grid
        : throw new ShapeException(
            $"The channels of {x} with strides {x.Strides} lie neither outside, first nor last; take Contiguous() first.");

    /// <summary>Whether channels lie side by side, the other axes in any order without gaps.</summary>
    public static bool AreLast(in TensorSpec x) => x.IsDense && x.Shape[1] > 1 && x.Strides[1] == 1 && x.Shape.Count > x.Shape[1];

    private static bool TryGrid(in TensorSpec x, out ChannelGrid grid)
    {
        int n = x.Shape[0], c = x.Shape[1], s = n * c == 0 ? 0 : x.Shape.Count / (n * c);
        grid = ChannelGrid.Plain(n, c, s);
        if (x.IsContiguous) return true;
        if (c == 1 || x.Strides[1] == s * n)
        {
            grid = ChannelGrid.ChannelsFirst(n, c, s);
            return true;
        }
        if (x.Strides[1] == 1)
        {
            grid = ChannelGrid.ChannelsLast(n, c, s);
            return true;
        }
        return x.Strides[1] == s && (n == 1 || x.Strides[0] == c * s);
    }
}
