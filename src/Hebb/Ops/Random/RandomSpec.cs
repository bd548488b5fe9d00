namespace Hebb.Ops;

/// <summary>The shape rule of random numbers.</summary>
internal static class RandomSpec
{
    public static TensorSpec Of(string op, Shape shape, DType dtype) => dtype.IsFloat
        ? new TensorSpec(dtype, shape)
        : throw new ShapeException($"{op} was asked for numbers of type {dtype.Name}, but it draws floating-point numbers; ask for float32 or float64.");
}
