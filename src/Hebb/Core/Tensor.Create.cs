namespace Hebb;

public partial class Tensor
{
    /// <summary>A tensor with the given values, copied, in row-major order.</summary>
    /// <exception cref="ShapeException">Another number of values than the shape has elements.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape shape) where T : unmanaged
    {
        if (values.Length != shape.Count)
            throw new ShapeException(
                $"{values.Length} values were given for a tensor of shape {shape}, which has {shape.Count} elements; give as many values.");
        Tensor tensor = new(new TensorSpec(DTypes.Of<T>(), shape));
        values.CopyTo(tensor.Span<T>());
        GC.KeepAlive(tensor);
        return tensor;
    }

    /// <summary>A tensor with the given values, copied, in row-major order.</summary>
    /// <exception cref="ShapeException">Another number of values than the shape has elements.</exception>
    public static Tensor From<T>(T[] values, Shape shape) where T : unmanaged => From((ReadOnlySpan<T>)values, shape);

    /// <summary>A vector of the given values, copied.</summary>
    public static Tensor From<T>(params ReadOnlySpan<T> values) where T : unmanaged => From(values, [values.Length]);

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T})"/>
    public static Tensor From<T>(params T[] values) where T : unmanaged => From((ReadOnlySpan<T>)values);

    /// <summary>Whole numbers, as int64, in row-major order, copied.</summary>
    /// <exception cref="ShapeException">The shape has another number of elements.</exception>
    public static Tensor From(ReadOnlySpan<int> values, Shape shape)
    {
        long[] wide = new long[values.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = values[i];
        return From<long>(wide, shape);
    }

    /// <inheritdoc cref="From(ReadOnlySpan{int}, Shape)"/>
    public static Tensor From(int[] values, Shape shape) => From((ReadOnlySpan<int>)values, shape);

    /// <summary>A vector of whole numbers, as int64: <c>Tensor.From(0, 1, 2)</c>.</summary>
    public static Tensor From(params ReadOnlySpan<int> values) => From(values, [values.Length]);

    /// <inheritdoc cref="From(ReadOnlySpan{int})"/>
    public static Tensor From(params int[] values) => From((ReadOnlySpan<int>)values);

    /// <summary>A matrix of the given rows, copied.</summary>
    public static Tensor From<T>(T[,] rows) where T : unmanaged
    {
        Tensor tensor = new(new TensorSpec(DTypes.Of<T>(), [rows.GetLength(0), rows.GetLength(1)]));
        Span<T> to = tensor.Span<T>();
        int i = 0;
        foreach (T value in rows) to[i++] = value;
        GC.KeepAlive(tensor);
        return tensor;
    }

    /// <summary>A tensor of one element without axes.</summary>
    public static Tensor Scalar<T>(T value) where T : unmanaged => From([value], Shape.Scalar);

    /// <summary>A tensor filled with one value.</summary>
    /// <exception cref="ArgumentException">The type has no such element: a fraction in int64, 1e300 in float32.</exception>
    public static Tensor Full(Shape shape, double value, DType dtype = DType.Float32)
    {
        Tensor tensor = new(new TensorSpec(dtype, shape));
        Copies.Fill(tensor, value);
        return tensor;
    }

    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(Shape shape, DType dtype = DType.Float32) => Full(shape, 0, dtype);

    /// <summary>A tensor of ones.</summary>
    public static Tensor Ones(Shape shape, DType dtype = DType.Float32) => Full(shape, 1, dtype);

    /// <summary>The unit matrix of n rows: 1 on the diagonal, 0 elsewhere.</summary>
    public static Tensor Eye(int n, DType dtype = DType.Float32)
    {
        Tensor tensor = Zeros([n, n], dtype);
        Copies.Fill(new Tensor(tensor.Storage, new TensorSpec(dtype, [n], [n + 1]), 0), 1);
        return tensor;
    }

    /// <summary>
    /// start, start + step, ... : as many whole numbers as fit below <paramref name="stop"/> (above it for a negative step).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is zero, or there are more numbers than a tensor holds.</exception>
    public static Tensor Arange(long start, long stop, long step = 1, DType dtype = DType.Int64)
    {
        if (step == 0)
            throw new ArgumentOutOfRangeException(
                nameof(step), $"Numbers from {start} to {stop} were asked for in steps of 0; give a step that leads there.");
        Int128 count = Int128.Max(0, ((Int128)stop - start + step - Math.Sign(step)) / step);
        if (count > int.MaxValue)
            throw new ArgumentOutOfRangeException(
                nameof(stop), $"{count} numbers from {start} to {stop} were asked for; a tensor has at most {int.MaxValue}.");
        Tensor tensor = new(new TensorSpec(dtype, [(int)count]));
        tensor.Write(i => start + i * step, i => start + i * step);
        return tensor;
    }

    /// <summary>Numbers at equal steps from start to stop, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one number, or an end that is not finite.</exception>
    public static Tensor Linspace(double start, double stop, int count, DType dtype = DType.Float32)
    {
        Argument.AtLeast(count, 1);
        Argument.Finite(start);
        Argument.Finite(stop);
        Tensor tensor = new(new TensorSpec(dtype, [count]));
        // Halves where the whole way would overflow.
        double unit = double.IsFinite(stop - start) ? 1 : 0.5, step = count == 1 ? 0 : (stop * unit - start * unit) / (count - 1);
        tensor.Write(i => i == count - 1 && count > 1 ? stop : (start * unit + step * i) / unit, whole: null);
        return tensor;
    }

    /// <summary>Whole numbers, as int64, from a function of their place in row-major order.</summary>
    internal static Tensor Whole(Shape shape, Func<int, long> at)
    {
        Tensor tensor = new(new TensorSpec(DType.Int64, shape));
        tensor.Write(i => at(i), at);
        return tensor;
    }

    /// <summary>Fills the tensor with one value. Views of it see it.</summary>
    /// <exception cref="ArgumentException">The type has no such element: a fraction in int64, 1e300 in float32.</exception>
    /// <exception cref="InvalidOperationException">The tensor is tracked and gradients are being recorded.</exception>
    public void Fill(double value)
    {
        RequireWritable();
        EngineContext.Current.Tracer?.Wrote(this);
        Copies.Fill(this, value);
        Storage.Touch();
    }

    /// <summary>Writes element i of a vector from a function of i, another one for whole numbers if there is one.</summary>
    private void Write(Func<int, double> real, Func<int, long>? whole)
    {
        Numbers job = new(this, real, whole);
        ElementTypes.Run(DType, ref job);
    }

    private readonly struct Numbers(Tensor tensor, Func<int, double> real, Func<int, long>? whole) : IAnyJob
    {
        public void Run<T>() where T : unmanaged
        {
            Span<T> to = tensor.Span<T>();
            bool isWhole = whole is not null && !tensor.DType.IsFloat;
            for (int i = 0; i < to.Length; i++) to[i] = isWhole ? ElementTypes.Of<T>(whole!(i)) : ElementTypes.Of<T>(real(i));
            GC.KeepAlive(tensor);
        }
    }
}
