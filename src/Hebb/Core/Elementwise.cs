using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb;

/// <summary>What elementwise ops share: the rules for shapes and layouts, and the loops over operands with strides.</summary>
internal static class Elementwise
{
    private const int LargeOperand = 1 << 14;

    /// <summary>The rule of functions of one floating-point tensor: the same type and shape.</summary>
    public static TensorSpec Infer(string op, in TensorSpec x)
    {
        if (!x.DType.IsFloat) throw NotFloat(op, x);
        return x.IsContiguous ? x : new TensorSpec(x.DType, x.Shape);
    }

    /// <summary>The rule of functions of two tensors: one type, and shapes that broadcast.</summary>
    public static TensorSpec Infer(string op, in TensorSpec a, in TensorSpec b, bool integers)
    {
        if (a.DType != b.DType)
            throw new ShapeException(
                $"{op} got operands of two types, {a} and {b}; convert one with Cast(DType.{a.DType}) or Cast(DType.{b.DType}).");
        if (!a.DType.IsFloat && !(integers && a.DType == DType.Int64)) throw NotFloat(op, a);
        if (!Shape.TryBroadcast(a.Shape, b.Shape, out Shape shape))
            throw new ShapeException(
                $"{op} got shapes {a.Shape} and {b.Shape}, which do not broadcast; axes counted from the end must be equal or 1.");
        return a.Shape == shape && a.IsContiguous ? a : b.Shape == shape && b.IsContiguous ? b : new TensorSpec(a.DType, shape);
    }

    /// <summary>
    /// The layout of a result: that of an operand of its shape without gaps, so that layouts travel
    /// through elementwise ops; row-major if there is none.
    /// </summary>
    public static TensorSpec Lay(in TensorSpec y, params ReadOnlySpan<TensorSpec> operands)
    {
        foreach (TensorSpec x in operands)
        {
            if (x.IsDense && x.Shape == y.Shape) return x.IsContiguous ? y : x.Fresh(y.DType);
        }
        return y;
    }

    /// <summary>y = f(x)</summary>
    public static Kernel Unary<TOp>(TOp op, ref OpCall call) where TOp : struct, IUnaryLane =>
        ElementTypes.Float(new LaneLoop<Applied<TOp, X0>>(new(op, default)), call.FloatType, ref call);

    /// <summary>y = f(a, b), broadcast.</summary>
    public static Kernel Binary<TOp>(TOp op, ref OpCall call) where TOp : struct, IBinaryLane =>
        ElementTypes.Float(new LaneLoop<Applied<TOp, X0, X1>>(new(op, default, default)), call.FloatType, ref call);

    /// <summary>y = f(a, b), broadcast, for int64 tensors.</summary>
    public static Kernel Integers(IIntegerBinary op, ref OpCall call)
    {
        Loop loop = Walk(call);
        return (in v) => ScalarMap.Binary<WholeFunction, long, long>(new(op), loop, v.Input<long>(0), v.Input<long>(1), v.Output<long>(0));
    }

    /// <summary>y = whether a and b are so related, broadcast.</summary>
    public static Kernel Compare<TOp>(TOp op, ref OpCall call) where TOp : struct, IBinaryLane, IIntegerBinary
    {
        if (call.Input(0).DType.IsFloat) return ElementTypes.Float(new Comparison<TOp>(op), call.FloatType, ref call);
        Loop loop = Walk(call);
        return (in v) =>
            ScalarMap.Binary<WholeQuestion<TOp>, long, bool>(new(op), loop, v.Input<long>(0), v.Input<long>(1), v.Output<bool>(0));
    }

    /// <summary>The loop over all operands and the one result, which is the last.</summary>
    public static Loop Walk(in OpCall call)
    {
        TensorSpec y = call.Output(0);
        Strides strides = default;
        for (int i = 0; i < call.InputCount; i++) strides[i] = Stretch(call.Input(i), y.Shape);
        strides[call.InputCount] = y.Strides;
        return Loop.Of(y.Shape.Sizes, ((ReadOnlySpan<Dims>)strides)[..(call.InputCount + 1)]);
    }

    /// <summary>
    /// Asks for large operands in the order of the result where they have another: a copy by blocks and one run are faster than a loop
    /// that fetches each number from a cache line of its own.
    /// </summary>
    public static void LayAlike(ref OpCall call)
    {
        TensorSpec y = call.Output(0);
        if (!y.IsDense || y.Shape.Count < LargeOperand) return;
        for (int i = 0; i < call.InputCount; i++)
        {
            TensorSpec x = call.Input(i);
            if (x.Shape == y.Shape && IsAcross(x.Strides, y)) call.Laid(i, y);
        }
    }

    /// <summary>Whether neighbors of the result lie far apart in an operand, though it has neighbors too.</summary>
    private static bool IsAcross(in Dims x, in TensorSpec y)
    {
        bool hasNeighbors = false, isAcross = false;
        for (int axis = 0; axis < y.Shape.Rank; axis++)
        {
            if (y.Shape[axis] == 1) continue;
            hasNeighbors |= x[axis] == 1;
            isAcross |= y.Strides[axis] == 1 && x[axis] > 1;
        }
        return hasNeighbors && isAcross;
    }

    /// <summary>Whether all operands have their elements in the same order without gaps as the result, so that all are one run.</summary>
    public static bool IsOneRun(in OpCall call)
    {
        TensorSpec y = call.Output(0);
        if (!y.IsDense) return false;
        for (int i = 0; i < call.InputCount; i++)
        {
            TensorSpec x = call.Input(i);
            if (x.Shape != y.Shape || !((x.IsContiguous && y.IsContiguous) || x.Strides == y.Strides)) return false;
        }
        return true;
    }

    /// <summary>The strides with which a tensor is read when it is broadcast to a shape.</summary>
    /// <exception cref="ShapeException">It does not broadcast to that shape.</exception>
    public static Dims Stretch(in TensorSpec x, in Shape shape)
    {
        if (x.Shape == shape) return x.Strides;
        if (!Shape.TryBroadcast(x.Shape, shape, out Shape both) || both != shape)
            throw new ShapeException($"An operand {x} was to be read in the shape {shape}, to which it does not broadcast; "
                + "only axes of size 1 and new leading axes can stretch.");
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

    private readonly struct Comparison<TOp>(TOp op) : IFloatKernel where TOp : struct, IBinaryLane
    {
        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            (TOp compare, Loop loop) = (op, Walk(call));
            return (in v) => Map.Compare(compare, loop, v.Input<T>(0), v.Input<T>(1), v.Output<bool>(0));
        }
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
