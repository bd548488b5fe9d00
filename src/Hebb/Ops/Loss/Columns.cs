namespace Hebb.Ops;

/// <summary>A shape seen as [outer, axis, inner], the form in which the softmax kernels take it.</summary>
internal readonly record struct Columns(int Outer, int Size, int Inner)
{
    public static Columns Of(Shape shape, int axis)
    {
        axis = shape.Axis(axis);
        int outer = 1, inner = 1;
        for (int i = 0; i < axis; i++) outer *= shape[i];
        for (int i = axis + 1; i < shape.Rank; i++) inner *= shape[i];
        return new Columns(outer, shape[axis], inner);
    }

    /// <summary>The rule of functions of one floating-point tensor along an axis.</summary>
    public static TensorSpec Infer(string op, in TensorSpec x, int axis)
    {
        x.Shape.Axis(axis);
        if (!x.DType.IsFloat)
            throw new ShapeException($"{op} got {x}, but it works on floating-point tensors; convert it with Cast(DType.Float32).");
        return new TensorSpec(x.DType, x.Shape);
    }

    /// <summary>The rule of their gradients: as much as the result that comes second.</summary>
    public static TensorSpec InferGradient(string op, in TensorSpec dy, in TensorSpec y, int axis)
    {
        if (dy.Shape != y.Shape || dy.DType != y.DType)
            throw new ShapeException($"{op} got the gradient {dy} of the result {y}; both must have one type and shape.");
        return Infer(op, y, axis);
    }
}
