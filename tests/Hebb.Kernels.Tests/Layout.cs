namespace Hebb.Kernels.Tests;

/// <summary>An array's place in memory, and the slow, plain way to find an element: the truth that the loops are tested against.</summary>
internal sealed record Layout(Dims Shape, Dims Strides, int Length)
{
    /// <summary>Sizes of a random shape: mostly small, with some zeros, ones and longer rows.</summary>
    public static Dims RandomShape(Random random, int maxRank = 5)
    {
        int[] shape = new int[random.Next(maxRank + 1)];
        for (int i = 0; i < shape.Length; i++)
            shape[i] = random.Next(20) switch { 0 => 0, <= 4 => 1, <= 6 => random.Next(30, 90), _ => random.Next(2, 7) };
        return new(shape);
    }

    /// <summary>A random layout: axes in any order, gaps, negative steps and, where allowed, broadcast axes.</summary>
    public static Layout Random(Random random, Dims shape, bool broadcast)
    {
        int[] order = [.. Enumerable.Range(0, shape.Rank)];
        if (random.Next(2) == 0) random.Shuffle(order);
        int[] strides = new int[shape.Rank];
        int step = random.Next(4) == 0 ? 2 : 1, length = 1;
        foreach (int axis in order.Reverse())
        {
            if (broadcast && random.Next(4) == 0) continue;
            strides[axis] = random.Next(6) == 0 ? -step : step;
            length += Math.Max(0, shape[axis] - 1) * step;
            step *= Math.Max(1, shape[axis]);
            if (random.Next(6) == 0) step += random.Next(1, 4);
        }
        return new(shape, new(strides), shape.Product() == 0 ? 0 : length);
    }

    public static Layout RowMajor(Dims shape) => new(shape, Dims.RowMajor(shape), (int)shape.Product());

    public static IEnumerable<int[]> Indices(Dims shape)
    {
        long count = shape.Product();
        int[] index = new int[shape.Rank];
        for (long i = 0; i < count; i++)
        {
            yield return index;
            for (int axis = shape.Rank - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) index[axis] = 0;
        }
    }

    public int At(ReadOnlySpan<int> index)
    {
        int at = 0;
        for (int axis = 0; axis < Shape.Rank; axis++)
            at += Strides[axis] >= 0 ? index[axis] * Strides[axis] : (index[axis] - (Shape[axis] - 1)) * Strides[axis];
        return at;
    }
}
