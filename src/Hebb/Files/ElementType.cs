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

    /// <summary>Signed 16-bit integer.</summary>
    Int16,

    /// <summary>Signed 32-bit integer.</summary>
    Int32,

    /// <summary>Signed 64-bit integer.</summary>
    Int64,

    /// <summary>IEEE 754 single precision.</summary>
    Float32,

    /// <summary>IEEE 754 double precision.</summary>
    Float64,
}

/// <summary>Sizes and .NET types of <see cref="ElementType"/>.</summary>
public static class ElementTypes
{
    extension(ElementType type)
    {
        /// <summary>Bytes of one element: 1, 2, 4 or 8.</summary>
        public int Size => type switch
        {
            ElementType.Bool or ElementType.UInt8 or ElementType.Int8 => 1,
            ElementType.Int16 => 2,
            ElementType.Int32 or ElementType.Float32 => 4,
            _ => 8,
        };
    }

    /// <summary>The element type that stores <typeparamref name="T"/>.</summary>
    /// <exception cref="NotSupportedException">
    /// <typeparamref name="T"/> is none of bool, byte, sbyte, short, int, long, float, double.
    /// </exception>
    public static ElementType Of<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(float)) return ElementType.Float32;
        if (typeof(T) == typeof(double)) return ElementType.Float64;
        if (typeof(T) == typeof(long)) return ElementType.Int64;
        if (typeof(T) == typeof(int)) return ElementType.Int32;
        if (typeof(T) == typeof(short)) return ElementType.Int16;
        if (typeof(T) == typeof(sbyte)) return ElementType.Int8;
        if (typeof(T) == typeof(byte)) return ElementType.UInt8;
        if (typeof(T) == typeof(bool)) return ElementType.Bool;
        throw new NotSupportedException(
            $"An array of {typeof(T).Name} cannot be stored; use bool, byte, sbyte, short, int, long, float or double.");
    }
}
