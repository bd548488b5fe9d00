using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hebb.Kernels;

/// <summary>
/// A short list of whole numbers with value equality: the sizes, the strides or the axes of an array. It holds up to
/// <see cref="MaxRank"/> numbers in place, so that it can be a key, a field of a record or a local without any allocation.
/// </summary>
/// <example><c>Dims shape = [64, 3, 28, 28];</c></example>
[CollectionBuilder(typeof(Dims), nameof(Of))]
public readonly struct Dims : IEquatable<Dims>, IReadOnlyList<int>
{
    /// <summary>The most numbers that a list can hold.</summary>
    public const int MaxRank = 8;

    private readonly Eight _values;
    private readonly int _rank;

    /// <summary>A list of the given numbers.</summary>
    /// <param name="values">Zero to <see cref="MaxRank"/> numbers.</param>
    /// <exception cref="ArgumentException">There are more numbers than <see cref="MaxRank"/>.</exception>
    public Dims(ReadOnlySpan<int> values)
    {
        if (values.Length > MaxRank) throw TooLong(values.Length);
        _rank = values.Length;
        values.CopyTo(_values);
    }

    /// <summary>A list of the given numbers.</summary>
    /// <param name="values">Zero to <see cref="MaxRank"/> numbers.</param>
    /// <returns>The list.</returns>
    /// <exception cref="ArgumentException">There are more numbers than <see cref="MaxRank"/>.</exception>
    public static Dims Of(ReadOnlySpan<int> values) => new(values);

    /// <summary>The same number, <paramref name="rank"/> times.</summary>
    /// <param name="value">The number.</param>
    /// <param name="rank">How often, from 0 to <see cref="MaxRank"/>.</param>
    /// <returns>The list.</returns>
    public static Dims Repeat(int value, int rank)
    {
        if ((uint)rank > MaxRank) throw TooLong(rank);
        Span<int> values = stackalloc int[rank];
        values.Fill(value);
        return new(values);
    }

    /// <summary>
    /// The strides, in elements, of an array of the given shape laid out row by row without gaps:
    /// strides[i] = shape[i + 1] · … · shape[rank - 1], where a size of 0 counts as 1.
    /// </summary>
    /// <param name="shape">The sizes.</param>
    /// <returns>As many strides as there are sizes.</returns>
    /// <exception cref="ArgumentException">The sizes, where 0 counts as 1, multiply to 2^31 or more.</exception>
    public static Dims RowMajor(in Dims shape)
    {
        Span<int> strides = stackalloc int[shape._rank];
        long step = 1;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = (int)step;
            step *= Math.Max(1, shape[axis]);
            if (step > int.MaxValue)
                throw new ArgumentException($"The sizes {shape}, where 0 counts as 1, multiply to 2^31 or more; use smaller sizes.");
        }
        return new(strides);
    }

    /// <summary>How many numbers the list holds: the rank of an array of this shape.</summary>
    public int Rank => _rank;

    int IReadOnlyCollection<int>.Count => _rank;

    /// <summary>The number at a position.</summary>
    /// <param name="axis">A position from 0 to <see cref="Rank"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public int this[int axis] => (uint)axis < (uint)_rank ? _values[axis] : throw NoAxis(axis);

    /// <summary>The numbers as a span over this very value, which must outlive it.</summary>
    [UnscopedRef]
    public ReadOnlySpan<int> Span => ((ReadOnlySpan<int>)_values)[.._rank];

    /// <summary>The product of all numbers (1 for an empty list): how many elements an array of this shape holds.</summary>
    /// <returns>The product.</returns>
    /// <exception cref="InvalidOperationException">The product does not fit into 63 bits.</exception>
    public long Product()
    {
        long product = 1;
        bool overflow = false, zero = false;
        foreach (int value in Span)
        {
            long high = Math.BigMul(product, value, out product);
            zero |= value == 0;
            overflow |= high != product >> 63;
        }
        if (zero) return 0;
        return overflow ? throw new InvalidOperationException($"The sizes {this} multiply to more than 2^63; use smaller sizes.") : product;
    }

    /// <summary>The list with the number at one position replaced.</summary>
    /// <param name="axis">A position from 0 to <see cref="Rank"/> - 1.</param>
    /// <param name="value">The new number.</param>
    /// <returns>The new list.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public Dims With(int axis, int value)
    {
        if ((uint)axis >= (uint)_rank) throw NoAxis(axis);
        Span<int> values = stackalloc int[_rank];
        Span.CopyTo(values);
        values[axis] = value;
        return new(values);
    }

    /// <summary>The list with a number put in before a position.</summary>
    /// <param name="axis">A position from 0 to <see cref="Rank"/>; the last appends.</param>
    /// <param name="value">The number.</param>
    /// <returns>The longer list.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    /// <exception cref="ArgumentException">The list is full.</exception>
    public Dims Insert(int axis, int value)
    {
        if ((uint)axis > (uint)_rank) throw NoAxis(axis);
        Span<int> values = stackalloc int[_rank + 1];
        Span[..axis].CopyTo(values);
        values[axis] = value;
        Span[axis..].CopyTo(values[(axis + 1)..]);
        return new(values);
    }

    /// <summary>The list without the number at a position.</summary>
    /// <param name="axis">A position from 0 to <see cref="Rank"/> - 1.</param>
    /// <returns>The shorter list.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public Dims Without(int axis)
    {
        if ((uint)axis >= (uint)_rank) throw NoAxis(axis);
        Span<int> values = stackalloc int[_rank - 1];
        Span[..axis].CopyTo(values);
        Span[(axis + 1)..].CopyTo(values[axis..]);
        return new(values);
    }

    /// <summary>Whether both lists hold the same numbers in the same order.</summary>
    /// <param name="other">The other list.</param>
    /// <returns>True when they do.</returns>
    public bool Equals(Dims other) =>
        _rank == other._rank && Vector256.Create<int>(_values) == Vector256.Create<int>(other._values); // beyond the rank both hold zeros

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Dims other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        uint hash = (uint)_rank;
        foreach (int value in Span) hash = (System.Numerics.BitOperations.RotateLeft(hash, 5) ^ (uint)value) * 0x9E3779B1u;
        return (int)(hash ^ (hash >> 15));
    }

    /// <summary>Whether both lists hold the same numbers in the same order.</summary>
    public static bool operator ==(in Dims a, in Dims b) => a.Equals(b);

    /// <summary>Whether the lists differ.</summary>
    public static bool operator !=(in Dims a, in Dims b) => !a.Equals(b);

    /// <summary>The numbers in brackets, such as <c>[2, 3]</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"[{string.Join(", ", Span.ToArray().Select(size => $"{size}"))}]";

    /// <summary>Walks over the numbers.</summary>
    /// <returns>The walker.</returns>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<int> IEnumerable<int>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static ArgumentException TooLong(int rank) =>
        new($"Got {rank} dimensions; an array has from 0 to {MaxRank}, so merge some of them.");

    private ArgumentOutOfRangeException NoAxis(int axis) =>
        new(nameof(axis), $"There is no axis {axis} in {this}; {PlacesText.Of("use", _rank)}.");

    [InlineArray(MaxRank)]
    private struct Eight
    {
        private int _first;
    }

    /// <summary>Walks over the numbers of a list.</summary>
    public struct Enumerator : IEnumerator<int>
    {
        private readonly Dims _dims;
        private int _axis = -1;

        internal Enumerator(in Dims dims) => _dims = dims;

        /// <inheritdoc/>
        public readonly int Current => _dims[_axis];

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext() => ++_axis < _dims._rank;

        /// <inheritdoc/>
        public void Reset() => _axis = -1;

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
