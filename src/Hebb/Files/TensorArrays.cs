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
        /// A tensor with a copy of the elements, every value exactly: floating point of up to 32 bits as float32, whole numbers of any size
        /// as int64, doubles and truth values as they are (<see cref="ElementTypes"/>).
        /// </summary>
        /// <exception cref="ShapeException">There are more than eight axes.</exception>
        public Tensor ToTensor()
        {
            Shape shape = new(array.Shape);
            return array.Type.DType switch
            {
                DType.Float32 => Tensor.From(ElementTypes.Convert<float>(array.Type, array.Bytes), shape),
                DType.Float64 => Tensor.From(array.Values<double>(), shape),
                DType.Int64 => Tensor.From(ElementTypes.Convert<long>(array.Type, array.Bytes), shape),
                _ => Tensor.From(array.Values<bool>(), shape),
            };
        }
    }
}
