namespace Hebb.Files;

/// <summary>Tensors from arrays as files hold them, and back.</summary>
public static class TensorArrays
{
    /// <summary>A copy of a tensor's elements.</summary>
    public static TypedArray From(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Tensor x = tensor.Detach();
        return x.DType switch
        {
            DType.Float32 => TypedArray.From<float>(x.ToArray<float>(), x.Shape.AsSpan()),
            DType.Float64 => TypedArray.From<double>(x.ToArray<double>(), x.Shape.AsSpan()),
            DType.Int64 => TypedArray.From<long>(x.ToArray<long>(), x.Shape.AsSpan()),
            _ => TypedArray.From<bool>(x.ToArray<bool>(), x.Shape.AsSpan()),
        };
    }

    extension(TypedArray array)
    {
        /// <summary>
        /// A tensor with a copy of the elements: floats, doubles and truth values as they are, whole numbers of any size as int64.
        /// </summary>
        /// <exception cref="ShapeException">There are more than eight axes.</exception>
        public Tensor ToTensor()
        {
            Shape shape = new(array.Shape);
            return array.Type switch
            {
                ElementType.Float32 => Tensor.From(array.Values<float>(), shape),
                ElementType.Float64 => Tensor.From(array.Values<double>(), shape),
                ElementType.Bool => Tensor.From(array.Values<bool>(), shape),
                ElementType.Int64 => Tensor.From(array.Values<long>(), shape),
                ElementType.Int32 => Whole(array.Values<int>(), shape, value => value),
                ElementType.Int16 => Whole(array.Values<short>(), shape, value => value),
                ElementType.Int8 => Whole(array.Values<sbyte>(), shape, value => value),
                _ => Whole(array.Values<byte>(), shape, value => value),
            };
        }
    }

    private static Tensor Whole<T>(ReadOnlySpan<T> values, Shape shape, Func<T, long> widen) where T : unmanaged
    {
        long[] wide = new long[values.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = widen(values[i]);
        return Tensor.From(wide, shape);
    }
}
