using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb;

/// <summary>Brings tensors to the elementwise kernels: shape rule, walk over strides, dispatch on the element type.</summary>
internal static class Elementwise
{
    /// <summary>The rule of functions of one floating-point tensor: same type, shape and layout.</summary>
    public static TensorSpec Infer(string op, in TensorSpec x)
    {
        if (!x.DType.IsFloat) throw NotFloat(op, x);
        return x.Fresh(x.DType);
    }

    /// <summary>The rule of functions of two tensors: one type, shapes that broadcast, the layout of an operand that has the full shape.</summary>
    public static TensorSpec Infer(string op, in TensorSpec a, in TensorSpec b, bool integers)
    {
        if (a.DType != b.DType)
            throw new ShapeException($"{op} got operands of two types, {a} and {b}; convert one with Cast(DType.{a.DType}) or Cast(DType.{b.DType}).");
        if (!a.DType.IsFloat && !(integers && a.DType == DType.Int64)) throw NotFloat(op, a);
        if (!Shape.TryBroadcast(a.Shape, b.Shape, out Shape shape))
            throw new ShapeException($"{op} got shapes {a.Shape} and {b.Shape}, which do not broadcast; axes counted from the end must be equal or 1.");
        return a.Shape == shape && a.IsDense ? a.Fresh(a.DType)
            : b.Shape == shape ? b.Fresh(b.DType)
            : new TensorSpec(a.DType, shape);
    }

    public static void Unary<TOp>(TOp op, Tensor x, Tensor y) where TOp : struct, IUnaryLane
    {
        if (y.DType == DType.Float32) Unary<TOp, float>(op, x, y);
        else Unary<TOp, double>(op, x, y);
    }

    public static void Binary<TOp>(TOp op, Tensor a, Tensor b, Tensor y) where TOp : struct, IBinaryLane
    {
        if (y.DType == DType.Float32) Binary<TOp, float>(op, a, b, y);
        else Binary<TOp, double>(op, a, b, y);
    }

    public static void Ternary<TOp>(TOp op, Tensor a, Tensor b, Tensor c, Tensor y) where TOp : struct, ITernaryLane
    {
        if (y.DType == DType.Float32) Map.Ternary(op, Walk(a, b, c, y), a.Span<float>(), b.Span<float>(), c.Span<float>(), y.Span<float>());
        else Map.Ternary(op, Walk(a, b, c, y), a.Span<double>(), b.Span<double>(), c.Span<double>(), y.Span<double>());
    }

    public static void Compare<TOp>(TOp op, Tensor a, Tensor b, Tensor y) where TOp : struct, IBinaryLane, IIntegerBinary
    {
        switch (a.DType)
        {
            case DType.Float32: Map.Compare(op, Walk(a, b, y), a.Span<float>(), b.Span<float>(), y.Span<bool>()); break;
            case DType.Float64: Map.Compare(op, Walk(a, b, y), a.Span<double>(), b.Span<double>(), y.Span<bool>()); break;
            default: ScalarMap.Binary<WholeQuestion<TOp>, long, bool>(new WholeQuestion<TOp>(op), Walk(a, b, y), a.Span<long>(), b.Span<long>(), y.Span<bool>()); break;
        }
    }

    public static void Integers(IIntegerBinary op, Tensor a, Tensor b, Tensor y) =>
        ScalarMap.Binary<WholeFunction, long, long>(new WholeFunction(op), Walk(a, b, y), a.Span<long>(), b.Span<long>(), y.Span<long>());

    /// <summary>y = c ? a : b for every element type.</summary>
    public static void Select(Tensor c, Tensor a, Tensor b, Tensor y)
    {
        switch (y.DType)
        {
            case DType.Float32: Map.Select(Walk(c, a, b, y), c.Span<bool>(), a.Span<float>(), b.Span<float>(), y.Span<float>()); break;
            case DType.Float64: Map.Select(Walk(c, a, b, y), c.Span<bool>(), a.Span<double>(), b.Span<double>(), y.Span<double>()); break;
            case DType.Int64: Map.Select(Walk(c, a, b, y), c.Span<bool>(), a.Span<long>(), b.Span<long>(), y.Span<long>()); break;
            default: Map.Select(Walk(c, a, b, y), c.Span<bool>(), a.Span<bool>(), b.Span<bool>(), y.Span<bool>()); break;
        }
    }

    /// <summary>Writes x, stretched to y's shape, into y's memory.</summary>
    public static void Copy(Tensor x, Tensor y)
    {
        switch (y.DType)
        {
            case DType.Float32: Copy<float>(x, y); break;
            case DType.Float64: Copy<double>(x, y); break;
            case DType.Int64: Copy<long>(x, y); break;
            default: Copy<bool>(x, y); break;
        }
    }

    /// <summary>The tensor itself or a row-major copy of it, for kernels that read no strides; no op is recorded.</summary>
    public static Tensor RowMajor(Tensor x)
    {
        if (x.IsContiguous) return x;
        Tensor copy = Working.Of(new TensorSpec(x.DType, x.Shape));
        Copy(x, copy);
        return copy;
    }

    /// <summary>Writes x into y, which has its shape, with the order of positions reversed along some axes.</summary>
    public static void CopyReversed(Tensor x, Tensor y, in Dims axes)
    {
        Dims strides = x.Spec.Strides;
        foreach (int axis in axes.Span) strides = strides.With(axis, -strides[axis]);
        Loop loop = Loop.Of(y.Shape.Sizes, [strides, y.Spec.Strides]);
        switch (y.DType)
        {
            case DType.Float32: Hebb.Kernels.Copy.Strided(loop, x.Span<float>(), y.Span<float>()); break;
            case DType.Float64: Hebb.Kernels.Copy.Strided(loop, x.Span<double>(), y.Span<double>()); break;
            case DType.Int64: Hebb.Kernels.Copy.Strided(loop, x.Span<long>(), y.Span<long>()); break;
            default: Hebb.Kernels.Copy.Strided(loop, x.Span<bool>(), y.Span<bool>()); break;
        }
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    public static void CopyOut<T>(Tensor x, Span<T> to) where T : unmanaged
    {
        Hebb.Kernels.Copy.Strided(Loop.Of(x.Shape.Sizes, [x.Spec.Strides, x.Shape.ContiguousStrides()]), x.Span<T>(), to);
        GC.KeepAlive(x);
    }

    public static void CopyIn<T>(ReadOnlySpan<T> from, Tensor y) where T : unmanaged
    {
        Hebb.Kernels.Copy.Strided(Loop.Of(y.Shape.Sizes, [y.Shape.ContiguousStrides(), y.Spec.Strides]), from, y.Span<T>());
        GC.KeepAlive(y);
    }

    public static void Fill<T>(Tensor y, T value) where T : unmanaged
    {
        if (y.Spec.IsDense) y.Span<T>().Fill(value);
        else Hebb.Kernels.Copy.Strided(Loop.Of(y.Shape.Sizes, [Dims.Repeat(0, y.Rank), y.Spec.Strides]), [value], y.Span<T>());
        GC.KeepAlive(y);
    }

    public static void Cast(Tensor x, Tensor y)
    {
        switch (x.DType)
        {
            case DType.Float32: CastFrom<float>(x, y); break;
            case DType.Float64: CastFrom<double>(x, y); break;
            case DType.Int64: CastFrom<long>(x, y); break;
            default: CastFrom<bool>(x, y); break;
        }
    }

    private static void Unary<TOp, T>(TOp op, Tensor x, Tensor y) where TOp : struct, IUnaryLane where T : unmanaged
    {
        if (LiesAs(x, y)) Map.Unary(op, x.Span<T>(), y.Span<T>());
        else Map.Unary(op, Walk(x, y), x.Span<T>(), y.Span<T>());
    }

    private static void Binary<TOp, T>(TOp op, Tensor a, Tensor b, Tensor y) where TOp : struct, IBinaryLane where T : unmanaged
    {
        if (LiesAs(a, y) && LiesAs(b, y)) Map.Binary(op, a.Span<T>(), b.Span<T>(), y.Span<T>());
        else Map.Binary(op, Walk(a, b, y), a.Span<T>(), b.Span<T>(), y.Span<T>());
    }

    private static void Copy<T>(Tensor x, Tensor y) where T : unmanaged
    {
        Hebb.Kernels.Copy.Strided(Walk(x, y), x.Span<T>(), y.Span<T>());
        GC.KeepAlive(x);
        GC.KeepAlive(y);
    }

    private static void CastFrom<T>(Tensor x, Tensor y) where T : unmanaged
    {
        switch (y.DType)
        {
            case DType.Float32: Map.Cast<T, float>(Walk(x, y), x.Span<T>(), y.Span<float>()); break;
            case DType.Float64: Map.Cast<T, double>(Walk(x, y), x.Span<T>(), y.Span<double>()); break;
            case DType.Int64: Map.Cast<T, long>(Walk(x, y), x.Span<T>(), y.Span<long>()); break;
            default: Map.Cast<T, bool>(Walk(x, y), x.Span<T>(), y.Span<bool>()); break;
        }
    }

    /// <summary>The walk of operands, the last of which is the output, over the output's shape.</summary>
    public static Loop Walk(params ReadOnlySpan<Tensor> operands)
    {
        Tensor y = operands[^1];
        Strides strides = default;
        for (int i = 0; i < operands.Length; i++) strides[i] = Stretch(operands[i].Spec, y.Shape);
        return Loop.Of(y.Shape.Sizes, ((ReadOnlySpan<Dims>)strides)[..operands.Length]);
    }

    /// <summary>Whether a tensor has its elements in the same order without gaps as the output, so that both are one run.</summary>
    private static bool LiesAs(Tensor x, Tensor y) =>
        y.Spec.IsDense && x.Shape == y.Shape && ((x.IsContiguous && y.IsContiguous) || x.Spec.Strides == y.Spec.Strides);

    /// <summary>The strides with which a tensor is read when it is broadcast to a shape.</summary>
    public static Dims Stretch(in TensorSpec x, in Shape shape)
    {
        if (x.Shape == shape) return x.Strides;
        Span<int> strides = stackalloc int[Dims.MaxRank];
        int added = shape.Rank - x.Shape.Rank;
        for (int i = added; i < shape.Rank; i++) strides[i] = x.Shape[i - added] == 1 ? 0 : x.Strides[i - added];
        return new Dims(strides[..shape.Rank]);
    }

    private static ShapeException NotFloat(string op, in TensorSpec found) =>
        new($"{op} got {found}, but it works on floating-point tensors; convert it with Cast(DType.Float32).");

    [InlineArray(Loop.MaxOperands)]
    private struct Strides
    {
        private Dims _first;
    }

    private readonly struct WholeFunction(IIntegerBinary op) : IScalarBinary<long, long>
    {
        public long Apply(long a, long b) => op.Whole(a, b);
    }

    private readonly struct WholeQuestion<TOp>(TOp op) : IScalarBinary<long, bool> where TOp : struct, IIntegerBinary
    {
        public bool Apply(long a, long b) => op.Whole(a, b) != 0;
    }
}
