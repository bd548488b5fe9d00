using System.Numerics;
using System.Runtime.InteropServices;

namespace Hebb.Files;

/// <summary>The type of the elements of a <see cref="TypedArray"/>.</summary>
public enum ElementType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>Unsigned 8-bit integer.</summary>
    UInt8,

    /// <summary>Signed 8-bit integer.</summary>
    Int8,

    /// <summary>Unsigned 16-bit integer.</summary>
    UInt16,

    /// <summary>Signed 16-bit integer.</summary>
    Int16,

    /// <summary>Unsigned 32-bit integer.</summary>
    UInt32,

    /// <summary>Signed 32-bit integer.</summary>
    Int32,

    /// <summary>Signed 64-bit integer.</summary>
    Int64,

    /// <summary>IEEE 754 half precision: 5 bits of exponent, 10 of fraction.</summary>
    Float16,

    /// <summary>The upper half of a single: 8 bits of exponent, 7 of fraction. .NET has no type of its own for it.</summary>
    BFloat16,

    /// <summary>IEEE 754 single precision.</summary>
    Float32,

    /// <summary>IEEE 754 double precision.</summary>
    Float64,
}

/// <summary>Sizes and .NET types of <see cref="ElementType"/>, and what Hebb computes with in their place.</summary>
public static class ElementTypes
{
    extension(ElementType type)
    {
        /// <summary>Bytes of one element: 1, 2, 4 or 8.</summary>
        public int Size => type switch
        {
            ElementType.Bool or ElementType.UInt8 or ElementType.Int8 => 1,
            ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 2,
            ElementType.UInt32 or ElementType.Int32 or ElementType.Float32 => 4,
            _ => 8,
        };

        /// <summary>
        /// The type of the tensors that hold these elements, every value exactly: float32 for floating point of up to 32 bits, float64 for
        /// Float64, int64 for whole numbers of any size, bool for Bool.
        /// </summary>
        public DType DType => type switch
        {
            ElementType.Bool => DType.Bool,
            ElementType.Float16 or ElementType.BFloat16 or ElementType.Float32 => DType.Float32,
            ElementType.Float64 => DType.Float64,
            _ => DType.Int64,
        };
    }

    /// <summary>The element type that stores <typeparamref name="T"/>.</summary>
    /// <exception cref="NotSupportedException">
    /// <typeparamref name="T"/> is none of bool, byte, sbyte, ushort, short, uint, int, long, Half, float, double.
    /// </exception>
    public static ElementType Of<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return ElementType.Float32;
        if (typeof(T) == typeof(double)) return ElementType.Float64;
        if (typeof(T) == typeof(long)) return ElementType.Int64;
        if (typeof(T) == typeof(int)) return ElementType.Int32;
        if (typeof(T) == typeof(uint)) return ElementType.UInt32;
        if (typeof(T) == typeof(short)) return ElementType.Int16;
        if (typeof(T) == typeof(ushort)) return ElementType.UInt16;
        if (typeof(T) == typeof(sbyte)) return ElementType.Int8;
        if (typeof(T) == typeof(byte)) return ElementType.UInt8;
        if (typeof(T) == typeof(Half)) return ElementType.Float16;
        if (typeof(T) == typeof(bool)) return ElementType.Bool;
        throw new NotSupportedException($"An array of {typeof(T).Name} cannot be stored; "
            + "use bool, byte, sbyte, ushort, short, uint, int, long, Half, float or double.");
    }

    /// <summary>The elements as numbers of another type, or the nearest that it has; truth values become 0 and 1.</summary>
    /// <param name="type">What the bytes hold.</param>
    /// <param name="bytes">The elements, in the byte order of this machine.</param>
    internal static T[] Convert<T>(ElementType type, ReadOnlySpan<byte> bytes) where T : unmanaged, INumberBase<T> => type switch
    {
        ElementType.Bool or ElementType.UInt8 => Convert<byte, T>(bytes),
        ElementType.Int8 => Convert<sbyte, T>(bytes),
        ElementType.UInt16 => Convert<ushort, T>(bytes),
        ElementType.Int16 => Convert<short, T>(bytes),
        ElementType.UInt32 => Convert<uint, T>(bytes),
        ElementType.Int32 => Convert<int, T>(bytes),
        ElementType.Int64 => Convert<long, T>(bytes),
        ElementType.Float16 => Convert<Half, T>(bytes),
        ElementType.BFloat16 => Convert<float, T>(MemoryMarshal.AsBytes<float>(UpperHalves(MemoryMarshal.Cast<byte, ushort>(bytes)))),
        ElementType.Float32 => Convert<float, T>(bytes),
        _ => Convert<double, T>(bytes),
    };

    private static TTo[] Convert<TFrom, TTo>(ReadOnlySpan<byte> bytes)
        where TFrom : unmanaged, INumberBase<TFrom> where TTo : unmanaged, INumberBase<TTo>
    {
        if (typeof(TFrom) == typeof(TTo)) return MemoryMarshal.Cast<byte, TTo>(bytes).ToArray();
        ReadOnlySpan<TFrom> from = MemoryMarshal.Cast<byte, TFrom>(bytes);
        TTo[] to = new TTo[from.Length];
        for (int i = 0; i < to.Length; i++) to[i] = TTo.CreateTruncating(from[i]);
        return to;
    }

    private static float[] UpperHalves(ReadOnlySpan<ushort> halves)
    {
        float[] singles = new float[halves.Length];
        for (int i = 0; i < singles.Length; i++) singles[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
        return singles;
    }
}
