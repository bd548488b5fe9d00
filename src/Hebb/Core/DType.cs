namespace Hebb;

/// <summary>The element type of a tensor.</summary>
public enum DType
{
    /// <summary>32-bit IEEE 754 floating point; the type of training.</summary>
    Float32,

    /// <summary>64-bit IEEE 754 floating point; the type of gradient checks.</summary>
    Float64,

    /// <summary>64-bit signed integers: class indices, positions.</summary>
    Int64,

    /// <summary>Truth values: the results of comparisons.</summary>
    Bool,
}

/// <summary>Facts about element types.</summary>
public static class DTypes
{
    extension(DType dtype)
    {
        /// <summary>Bytes an element.</summary>
        public int Size => dtype switch { DType.Float32 => 4, DType.Float64 or DType.Int64 => 8, _ => 1 };

        /// <summary>Whether values are floating point, so that gradients exist.</summary>
        public bool IsFloat => dtype is DType.Float32 or DType.Float64;

        /// <summary>The name as it is printed and saved: float32, float64, int64 or bool.</summary>
        public string Name => dtype switch { DType.Float32 => "float32", DType.Float64 => "float64", DType.Int64 => "int64", _ => "bool" };
    }

    /// <summary>The element type that holds values of the C# type <typeparamref name="T"/>.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is none of float, double, long and bool.</exception>
    public static DType Of<T>() where T : unmanaged =>
        typeof(T) == typeof(float) ? DType.Float32 :
        typeof(T) == typeof(double) ? DType.Float64 :
        typeof(T) == typeof(long) ? DType.Int64 :
        typeof(T) == typeof(bool) ? DType.Bool :
        throw new ArgumentException(
            $"Elements of type {typeof(T).Name} were asked for, but tensors hold float, double, long or bool; convert the values first.");
}
