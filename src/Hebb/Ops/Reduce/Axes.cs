using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>The axes that an op works along, and tensors brought into a form where they are one axis.</summary>
internal static class Axes
{
    /// <summary>The given axes from 0 to rank - 1, ascending; all axes if none is given.</summary>
    /// <exception cref="ShapeException">An axis does not exist or is named twice.</exception>
    public static Dims Of(string op, Shape shape, ReadOnlySpan<int> axes)
    {
        uint chosen = 0;
        foreach (int axis in axes)
        {
            uint bit = 1u << shape.Axis(axis);
            if ((chosen & bit) != 0)
                throw new ShapeException($"{op} of a tensor of shape {shape} got the axes [{InvariantText.Join(", ", axes)}], "
                    + "one of them twice; name each once.");
            chosen |= bit;
        }
        Span<int> found = stackalloc int[Dims.MaxRank];
        int count = 0;
        for (int i = 0; i < shape.Rank; i++)
        {
            if (axes.Length == 0 || (chosen >> i & 1) != 0) found[count++] = i;
        }
        return new Dims(found[..count]);
    }

    /// <summary>One bit for each axis.</summary>
    public static uint Bits(in Dims axes)
    {
        uint bits = 0;
        foreach (int axis in axes.Span) bits |= 1u << axis;
        return bits;
    }

    /// <summary>The shape that is left when axes are summed away, or kept with size 1.</summary>
    public static Shape Reduced(Shape shape, in Dims axes, bool keepAxes)
    {
        for (int i = axes.Rank - 1; i >= 0; i--) shape = keepAxes ? shape.With(axes[i], 1) : shape.Without(axes[i]);
        return shape;
    }

    /// <summary>How many elements meet in one result.</summary>
    public static int Count(Shape shape, in Dims axes)
    {
        int count = 1;
        foreach (int axis in axes.Span) count *= shape[axis];
        return count;
    }

    /// <summary>x with the given axes merged, in order, into one last axis behind the others.</summary>
    public static Tensor MergedLast(Tensor x, in Dims axes)
    {
        if (axes.Rank == 1) return x.MoveAxis(axes[0], -1);
        Span<int> order = stackalloc int[Dims.MaxRank], sizes = stackalloc int[Dims.MaxRank];
        uint bits = Bits(axes);
        int kept = 0;
        for (int i = 0; i < x.Rank; i++)
        {
            if ((bits >> i & 1) != 0) continue;
            sizes[kept] = x.Shape[i];
            order[kept++] = i;
        }
        axes.Span.CopyTo(order[kept..]);
        sizes[kept] = Count(x.Shape, axes);
        return x.Permute(order[..x.Rank]).Reshape(new Shape(sizes[..(kept + 1)]));
    }
}
