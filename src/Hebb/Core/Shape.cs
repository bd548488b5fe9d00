using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb;

/// <summary>
/// The sizes of a tensor's axes, outermost first: at most eight, none negative. A scalar has no axes and is written <c>[]</c>.
/// Equality is by value.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly record struct Shape
{
    private readonly Dims _sizes;
    private readonly int _countLessOne; // so that the default value is a scalar's shape

    /// <summary>A shape of the given sizes.</summary>
    /// <exception cref="ShapeException">
    /// More than eight axes, a negative size, or sizes that multiply to more than 2^31 - 1; sizes of 0 are left out of that product, so
    /// that whatever is made of the other axes has a size and strides.
    /// </exception>
    public Shape(params ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > Dims.MaxRank)
            throw new ShapeException(
                $"A shape of {sizes.Length} axes was asked for, but at most {Dims.MaxRank} are supported; merge some axes with Reshape.");
        long product = 1;
        foreach (int size in sizes)
        {
            if (size < 0) throw Negative(size);
            product = Math.Min(product * Math.Max(1, size), 1L + int.MaxValue);
        }
        if (product > int.MaxValue) throw TooLarge(sizes);
        _sizes = new Dims(sizes);
        _countLessOne = sizes.Contains(0) ? -1 : (int)product - 1;
    }

    /// <inheritdoc cref="Shape(ReadOnlySpan{int})"/>
    public Shape(params int[] sizes) : this((ReadOnlySpan<int>)sizes) { }

    internal Shape(Dims sizes) : this(sizes.Span) { }

    /// <summary>Makes a shape from a collection expression such as <c>[2, 3]</c>.</summary>
    public static Shape Create(ReadOnlySpan<int> sizes) => new(sizes);

    /// <summary>The shape of a scalar, without axes.</summary>
    public static Shape Scalar => new(ReadOnlySpan<int>.Empty);

    /// <summary>How many axes there are.</summary>
    public int Rank => _sizes.Rank;

    /// <summary>How many elements: the product of the sizes, 1 for a scalar.</summary>
    public int Count => _countLessOne + 1;

    /// <summary>The size of an axis; negative axes count from the end.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public int this[int axis] => _sizes[Axis(axis)];

    /// <summary>The size of an axis; <c>^1</c> is the last one, as -1 is.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public int this[Index axis] => this[axis.IsFromEnd && axis.Value > 0 ? -axis.Value : axis.GetOffset(Rank)];

    /// <summary>The sizes as a value type that kernels take.</summary>
    internal Dims Sizes => _sizes;

    /// <summary>The sizes, outermost first.</summary>
    [UnscopedRef]
    public ReadOnlySpan<int> AsSpan() => _sizes.Span;

    /// <summary>Turns an axis that may count from the end (-1 is the last) into one from 0 to Rank - 1.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public int Axis(int axis)
    {
        int found = axis < 0 ? axis + Rank : axis;
        if ((uint)found >= (uint)Rank)
            throw new ShapeException(
                $"Axis {axis} was asked of a tensor of shape {this}, which has {Rank} axes; "
                + $"{PlacesText.Of("name one from", Rank, -Rank)}.");
        return found;
    }

    /// <summary>The shape with one axis given another size.</summary>
    public Shape With(int axis, int size) => new(_sizes.With(Axis(axis), size));

    /// <summary>The shape with one axis left out.</summary>
    public Shape Without(int axis) => new(_sizes.Without(Axis(axis)));

    /// <summary>The shape with a new axis put before the given one (Rank puts it last).</summary>
    public Shape Insert(int axis, int size)
    {
        int at = axis < 0 ? axis + Rank + 1 : axis;
        if ((uint)at > (uint)Rank)
            throw new ShapeException(
                $"A new axis at {axis} was asked of shape {this}, where it can stand at 0 to {Rank}; choose one of them.");
        if (Rank == Dims.MaxRank)
            throw new ShapeException(
                $"A ninth axis was asked of shape {this}, but at most {Dims.MaxRank} are supported; merge some axes with Reshape.");
        return new Shape(_sizes.Insert(at, size));
    }

    /// <summary>
    /// The shape that two operands broadcast to: axes are aligned at the end, and an axis of size 1 stretches to the other's size.
    /// </summary>
    /// <returns>Whether the shapes fit each other.</returns>
    public static bool TryBroadcast(in Shape a, in Shape b, out Shape result)
    {
        if (a == b) { result = a; return true; }
        ReadOnlySpan<int> sa = a.AsSpan(), sb = b.AsSpan();
        int rank = Math.Max(sa.Length, sb.Length);
        Span<int> sizes = stackalloc int[Dims.MaxRank];
        for (int i = 1; i <= rank; i++)
        {
            int da = i <= sa.Length ? sa[^i] : 1, db = i <= sb.Length ? sb[^i] : 1;
            if (da != db && da != 1 && db != 1) { result = default; return false; }
            sizes[rank - i] = da == 1 ? db : da;
        }
        result = new Shape(sizes[..rank]);
        return true;
    }

    /// <summary>The size of an axis that was computed in 64 bits, from numbers that may be anything.</summary>
    /// <exception cref="ShapeException">It is negative, or more than a tensor has elements.</exception>
    internal static int Size(long size)
    {
        if (size < 0) throw Negative(size);
        return size <= int.MaxValue
            ? (int)size
            : throw new ShapeException(
                $"An axis of size {size} was asked for, but one tensor holds at most {int.MaxValue} elements; split it.");
    }

    private static ShapeException Negative(long size) =>
        new($"An axis of size {size} was asked for, but sizes are 0 or more; check the size computation.");

    private static ShapeException TooLarge(ReadOnlySpan<int> sizes) => new(
        $"The shape [{InvariantText.Join(", ", sizes)}] "
        + (sizes.Contains(0) ? "has sizes besides 0 that multiply to more than" : "holds more than")
        + $" {int.MaxValue}{(sizes.Contains(0) ? "" : " elements")}, the most one tensor can hold; split it.");

    /// <summary>Row-major strides in elements: the last axis is contiguous.</summary>
    internal Dims ContiguousStrides() => Dims.RowMajor(_sizes);

    /// <summary>As C# writes a collection expression: <c>[2, 3]</c>.</summary>
    public override string ToString() => _sizes.ToString();

    /// <summary>The sizes one after the other, for collection expressions and foreach.</summary>
    [UnscopedRef]
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();
}
