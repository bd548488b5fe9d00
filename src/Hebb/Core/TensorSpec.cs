using Hebb.Kernels;

namespace Hebb;

/// <summary>
/// What is known of a tensor without its data: element type, shape, and the strides (in elements) that say how its memory is laid out.
/// Shape rules of ops map the specs of inputs to the specs of outputs.
/// </summary>
public readonly record struct TensorSpec
{
    private readonly int _last; // as the two after it, such that the default value is a scalar of type float32
    private readonly bool _isStrided, _hasGaps;

    /// <summary>The spec of a tensor whose last axis is contiguous in memory.</summary>
    public TensorSpec(DType dtype, Shape shape)
    {
        DType = dtype;
        Shape = shape;
        Strides = shape.ContiguousStrides();
        _last = shape.Count - 1;
    }

    /// <summary>The spec of a tensor with strides of its own.</summary>
    /// <exception cref="ShapeException">
    /// Not one stride for each axis, a negative stride, or elements that lie 2^31 - 1 or more apart; sizes of 0 count as 1.
    /// </exception>
    public TensorSpec(DType dtype, Shape shape, Dims strides)
    {
        DType = dtype;
        Shape = shape;
        Strides = strides;
        int last = LastElement();
        _last = shape.Count == 0 ? -1 : last;
        _isStrided = !HasRowMajorStrides();
        _hasGaps = _isStrided && !HasDenseStrides();
    }

    /// <summary>The element type.</summary>
    public DType DType { get; }

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>How many elements of memory lie between neighbors along each axis; 0 repeats one element.</summary>
    public Dims Strides { get; }

    /// <summary>Whether elements lie in row-major order without gaps.</summary>
    public bool IsContiguous => !_isStrided;

    /// <summary>Whether every element of a gap-free piece of memory is used exactly once, in whatever order of axes.</summary>
    public bool IsDense => !_hasGaps;

    /// <summary>How many elements of memory lie from the first element to the last, both counted.</summary>
    public int Extent => _last + 1;

    /// <summary>Whether type, shape and strides are the same; the rest follows from them.</summary>
    public bool Equals(TensorSpec other) => DType == other.DType && Shape == other.Shape && Strides == other.Strides;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(DType, Shape, Strides);

    /// <summary>
    /// The spec of fresh memory for the same shape; a dense tensor's order of axes is kept, so that layouts travel through elementwise ops.
    /// </summary>
    public TensorSpec Fresh(DType dtype) =>
        dtype == DType && IsDense ? this : IsDense && !IsContiguous ? new TensorSpec(dtype, Shape, Strides) : new TensorSpec(dtype, Shape);

    /// <summary>The spec of fresh memory for another shape of as many axes, which lie in the same order as this tensor's.</summary>
    /// <exception cref="ShapeException">It has another number of axes.</exception>
    public TensorSpec Reshaped(Shape shape)
    {
        if (shape.Rank != Shape.Rank)
            throw new ShapeException($"The layout of {this} was asked for the shape {shape}; give a shape of {Shape.Rank} axes.");
        if (IsContiguous) return new TensorSpec(DType, shape);
        Span<int> order = stackalloc int[Dims.MaxRank], strides = stackalloc int[Dims.MaxRank];
        int used = AxesByStride(order), step = 1;
        for (int i = used - 1; i >= 0; i--)
        {
            strides[order[i]] = step;
            step *= Math.Max(1, shape[order[i]]);
        }
        // Axes of size 1 here have no place in the order; they go outside.
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            if (Shape[i] != 1) continue;
            strides[i] = step;
            step *= Math.Max(1, shape[i]);
        }
        return new TensorSpec(DType, shape, new Dims(strides[..shape.Rank]));
    }

    /// <summary>Where the last element lies, counted from the first; sizes of 0 count as 1.</summary>
    private int LastElement()
    {
        ReadOnlySpan<int> sizes = Shape.AsSpan(), strides = Strides.Span;
        long last = sizes.Length == strides.Length ? 0 : long.MaxValue;
        for (int i = 0; i < sizes.Length && last < int.MaxValue; i++)
            last = strides[i] < 0 ? long.MaxValue : last + Math.Max(0, sizes[i] - 1L) * strides[i];
        return last < int.MaxValue
            ? (int)last
            : throw new ShapeException($"The shape {Shape} was given strides {Strides}; give each axis one that is 0 or more, "
                + $"so that the last element lies less than {int.MaxValue} after the first.");
    }

    private bool HasRowMajorStrides()
    {
        if (Shape.Count == 0) return true;
        int step = 1;
        for (int i = Shape.Rank - 1; i >= 0; i--)
        {
            int size = Shape[i];
            if (size != 1 && Strides[i] != step) return false;
            step *= size;
        }
        return true;
    }

    private bool HasDenseStrides()
    {
        Span<int> order = stackalloc int[Dims.MaxRank];
        int used = AxesByStride(order), step = 1;
        for (int i = used - 1; i >= 0; i--)
        {
            if (Strides[order[i]] != step) return false;
            step *= Shape[order[i]];
        }
        return true;
    }

    /// <summary>Axes longer than one, from the largest stride to the smallest; ties keep the order of axes.</summary>
    private int AxesByStride(Span<int> order)
    {
        int used = 0;
        for (int i = 0; i < Shape.Rank; i++)
        {
            if (Shape[i] == 1) continue;
            int at = used++;
            while (at > 0 && Strides[order[at - 1]] < Strides[i]) { order[at] = order[at - 1]; at--; }
            order[at] = i;
        }
        return used;
    }

    /// <summary>As errors print it: <c>float32[2, 3]</c>.</summary>
    public override string ToString() => DType.Name + Shape;
}
