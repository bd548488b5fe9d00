using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>The numbers of each row in order, and where they come from.</summary>
public static class Sorting
{
    /// <summary>
    /// The first k numbers of each row, sorted, and their columns. Equal numbers (-0 and 0 are) keep their order; NaN comes last, whichever
    /// the direction. k = columns sorts whole rows.
    /// </summary>
    /// <typeparam name="T">float, double or long.</typeparam>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="columns">How many numbers a row has.</param>
    /// <param name="x">The rows, one after the other.</param>
    /// <param name="k">How many numbers to take, 0 to <paramref name="columns"/>.</param>
    /// <param name="descending">Whether the largest come first.</param>
    /// <param name="values">The numbers, k for each row.</param>
    /// <param name="indices">Their columns, k for each row.</param>
    /// <exception cref="ArgumentException">An array has not the length that follows from the other arguments.</exception>
    /// <exception cref="NotSupportedException">The type is none of the three.</exception>
    public static void Top<T>(int rows, int columns, ReadOnlySpan<T> x, int k, bool descending, Span<T> values, Span<long> indices)
        where T : unmanaged, INumber<T>
    {
        Check(x.Length, rows, columns, nameof(x));
        Check(values.Length, rows, k, nameof(values));
        Check(indices.Length, rows, k, nameof(indices));
        if (k < 0 || k > columns) throw new ArgumentException($"Asked for {k} of {columns} columns; ask for 0 to {columns}.");
        Entry[] rented = ArrayPool<Entry>.Shared.Rent(columns);
        Span<Entry> entries = rented.AsSpan(0, columns);
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<T> numbers = x.Slice(row * columns, columns);
            for (int i = 0; i < columns; i++) entries[i] = new(Key(numbers[i], descending), i);
            entries.Sort();
            for (int i = 0; i < k; i++)
            {
                values[(row * k) + i] = numbers[entries[i].Index];
                indices[(row * k) + i] = entries[i].Index;
            }
        }
        ArrayPool<Entry>.Shared.Return(rented);
    }

    private static void Check(int length, int rows, int columns, string name)
    {
        if (rows < 0 || columns < 0 || length != (long)rows * columns)
            throw new ArgumentException($"{name} has {length} elements; {rows} rows of {columns} need {(long)rows * columns}.");
    }

    /// <summary>A whole number that sorts as the number does.</summary>
    private static ulong Key<T>(T x, bool descending) where T : unmanaged, INumber<T>
    {
        const ulong Sign = 1UL << 63;
        if (T.IsNaN(x)) return ulong.MaxValue;
        ulong key;
        if (typeof(T) == typeof(long))
        {
            key = (ulong)Unsafe.BitCast<T, long>(x) ^ Sign;
        }
        else
        {
            double number = typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(x)
                : typeof(T) == typeof(double) ? Unsafe.BitCast<T, double>(x)
                : throw new NotSupportedException($"There is no order of {typeof(T).Name} here; use float, double or long.");
            ulong bits = BitConverter.DoubleToUInt64Bits(number + 0.0); // -0 becomes 0
            key = (bits & Sign) != 0 ? ~bits : bits ^ Sign;
        }
        return descending ? ~key : key;
    }

    private readonly record struct Entry(ulong Key, int Index) : IComparable<Entry>
    {
        public int CompareTo(Entry other) => Key != other.Key ? Key.CompareTo(other.Key) : Index.CompareTo(other.Index);
    }
}
