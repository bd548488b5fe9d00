using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y[..., i, j] = Σₚ a[..., i, p] · b[..., p, j]: the matrix product of the last two axes, for every position of the leading axes,
    /// which broadcast. Any strides, so a transposed view costs nothing.
    /// </summary>
    public readonly record struct MatMul : IPairActivated
    {
        (int Least, int Most) IOp.Operands => (2, 2);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec a = inputs[0], b = inputs[1];
            if (a.DType != b.DType || !a.DType.IsFloat)
                throw new ShapeException(
                    $"MatMul got {a} and {b}; it multiplies floating-point matrices of one type, so convert one with Cast.");
            if (a.Shape.Rank < 2 || b.Shape.Rank < 2 || a.Shape[-1] != b.Shape[-2])
                throw new ShapeException(
                    $"MatMul got {a} and {b}; the last axis of the first must be as long as the last but one of the second.");
            if (!Shape.TryBroadcast(Batch(a.Shape), Batch(b.Shape), out Shape batch))
                throw new ShapeException(
                    $"MatMul got {a} and {b}, whose leading axes do not broadcast; counted from the end they must be equal or 1.");
            outputs[0] = new TensorSpec(a.DType, batch.Insert(batch.Rank, a.Shape[-2]).Insert(batch.Rank + 1, b.Shape[-1]));
        }

        Kernel IPairActivated.BindPair<T, F>(ref OpCall call, F f, bool hasOther)
        {
            TensorSpec y = call.Output(0);
            if (hasOther) call.RowMajor(2);
            if (y.Shape.Count == 0) return static (in _) => { };
            if (call.Input(1).Shape.Rank > 2) return new Batched<T, F>(call.Input(0), call.Input(1), y.Shape, f, hasOther).Run;
            // One matrix for all: the leading axes of a are more rows of one product.
            if (call.Input(0).Shape.Rank > 2) call.RowMajor(0);
            return new Single<T, F>(call.Input(0), call.Input(1), y, f, hasOther).Run;
        }

        double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) =>
            2.0 * outputs[0].Shape.Count * inputs[0].Shape[-1];

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Tensor dy = flow.Upstream(0);
            if (flow.Needs(0)) flow.Give(0, dy.MatMul(flow.Input(1).T));
            if (!flow.Needs(1)) return;
            Tensor a = flow.Input(0);
            bool hasOneMatrix = flow.InputSpec(1).Shape.Rank == 2 && a.Rank > 2;
            flow.Give(1, hasOneMatrix ? Rows(a).T.MatMul(Rows(dy)) : a.T.MatMul(dy));
        }

        private static Shape Batch(Shape shape) => new(shape.AsSpan()[..^2]);

        private static Tensor Rows(Tensor x) => x.Reshape(new Shape(x.Shape.AsSpan()[..^1]).Count, x.Shape[-1]);

        /// <summary>One product of two matrices; an a of more than two axes is row-major.</summary>
        private sealed class Single<T, F>(in TensorSpec a, in TensorSpec b, in TensorSpec y, F f, bool hasOther)
            where T : unmanaged where F : struct, IBinaryLane
        {
            private readonly int _m = y.Shape.Count / y.Shape[-1], _n = y.Shape[-1], _k = a.Shape[-1];
            private readonly int _aRow = a.Shape.Rank == 2 ? a.Strides[0] : a.Shape[-1], _aColumn = a.Strides[a.Shape.Rank - 1];
            private readonly int _bRow = b.Strides[0], _bColumn = b.Strides[1];

            [MethodImpl(MethodImplOptions.AggressiveOptimization)]
            public void Run(in OpValues values) => Gemm.Run(
                _m, _n, _k, values.Input<T>(0), _aRow, _aColumn, values.Input<T>(1), _bRow, _bColumn, values.Output<T>(0), _n, [], f,
                other: hasOther ? values.Input<T>(2) : default);
        }

        /// <summary>A product for each position of the leading axes.</summary>
        private sealed class Batched<T, F> where T : unmanaged where F : struct, IBinaryLane
        {
            private readonly F _f;
            private readonly bool _hasOther;
            private readonly int[] _sizes, _stepsA, _stepsB;
            private readonly int _m, _n, _k, _aRow, _aColumn, _bRow, _bColumn;

            public Batched(in TensorSpec a, in TensorSpec b, in Shape y, F f, bool hasOther)
            {
                (_f, _hasOther) = (f, hasOther);
                Span<int> sizes = stackalloc int[Dims.MaxRank], stepsA = stackalloc int[Dims.MaxRank],
                    stepsB = stackalloc int[Dims.MaxRank];
                int axes = Merge(a, b, y, sizes, stepsA, stepsB);
                (_sizes, _stepsA, _stepsB) = (sizes[..axes].ToArray(), stepsA[..axes].ToArray(), stepsB[..axes].ToArray());
                (_m, _n, _k) = (y[-2], y[-1], a.Shape[-1]);
                (_aRow, _aColumn) = (a.Strides[a.Shape.Rank - 2], a.Strides[a.Shape.Rank - 1]);
                (_bRow, _bColumn) = (b.Strides[b.Shape.Rank - 2], b.Strides[b.Shape.Rank - 1]);
            }

            public void Run(in OpValues values)
            {
                int last = _sizes.Length - 1, inner = _sizes[last], outer = 1;
                for (int i = 0; i < last; i++) outer *= _sizes[i];
                for (int i = 0; i < outer; i++)
                {
                    int atA = 0, atB = 0, left = i;
                    for (int axis = last - 1; axis >= 0; axis--)
                    {
                        atA += left % _sizes[axis] * _stepsA[axis];
                        atB += left % _sizes[axis] * _stepsB[axis];
                        left /= _sizes[axis];
                    }
                    int first = i * inner * _m * _n;
                    Span<T> to = values.Output<T>(0)[first..];
                    ReadOnlySpan<T> other = _hasOther ? values.Input<T>(2)[first..] : default;
                    ReadOnlySpan<T> a = _k == 0 ? default : values.Input<T>(0)[atA..], b = _k == 0 ? default : values.Input<T>(1)[atB..];
                    if (inner == 1) Gemm.Run(_m, _n, _k, a, _aRow, _aColumn, b, _bRow, _bColumn, to, _n, [], _f, other: other);
                    else Gemm.Batched(
                        inner, _m, _n, _k, a, _stepsA[last], _aRow, _aColumn, b, _stepsB[last], _bRow, _bColumn, to, _m * _n, _n,
                        _f, other);
                }
            }
        }

        /// <summary>
        /// The leading axes, as few as can be: neighbors that both operands walk in one line are merged. At least one is returned.
        /// </summary>
        private static int Merge(in TensorSpec a, in TensorSpec b, in Shape y, Span<int> sizes, Span<int> stepsA, Span<int> stepsB)
        {
            int axes = 0;
            for (int i = 0; i < y.Rank - 2; i++)
            {
                int size = y[i], stepA = Step(a, i - y.Rank), stepB = Step(b, i - y.Rank);
                if (size == 1) continue;
                if (axes > 0 && stepsA[axes - 1] == stepA * size && stepsB[axes - 1] == stepB * size)
                {
                    sizes[axes - 1] *= size;
                }
                else
                {
                    sizes[axes++] = size;
                }
                (stepsA[axes - 1], stepsB[axes - 1]) = (stepA, stepB);
            }
            if (axes > 0) return axes;
            sizes[0] = 1;
            return 1;
        }

        /// <summary>How far an operand moves along an axis counted from the end; not at all where it is broadcast.</summary>
        private static int Step(in TensorSpec x, int fromEnd)
        {
            int axis = x.Shape.Rank + fromEnd;
            return axis < 0 || x.Shape[axis] == 1 ? 0 : x.Strides[axis];
        }
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor a)
        {
            /// <summary>
            /// The matrix product over the last axis of a and the last but one of b; further leading axes broadcast. A vector on the left
            /// counts as a row, on the right as a column, and its axis is left out of the result.
            /// </summary>
            /// <exception cref="ShapeException">Types or sizes do not fit, or an operand is a scalar.</exception>
            public Tensor MatMul(Tensor b)
            {
                if (a.Rank == 0 || b.Rank == 0)
                    throw new ShapeException($"MatMul got {a.Spec} and {b.Spec}, but a scalar is no matrix; multiply with *.");
                if (a.Rank == 1) return a.Unsqueeze(0).MatMul(b).Squeeze(b.Rank == 1 ? 0 : -2);
                if (b.Rank == 1) return a.MatMul(b.Unsqueeze(1)).Squeeze(-1);
                return a.Apply(new MatMul(), b);
            }

            /// <summary>a · b = Σ a b: the inner product of two vectors.</summary>
            /// <exception cref="ShapeException">Not two vectors of one type and length.</exception>
            public Tensor Dot(Tensor b) => a.Rank == 1 && b.Rank == 1
                ? a.MatMul(b)
                : throw new ShapeException($"Dot got {a.Spec} and {b.Spec}, but it multiplies two vectors; use MatMul for matrices.");

            /// <summary>y[i, j] = a[i] · b[j]: the outer product of two vectors.</summary>
            /// <exception cref="ShapeException">Not two vectors of one type.</exception>
            public Tensor Outer(Tensor b) => a.Rank == 1 && b.Rank == 1
                ? a.Unsqueeze(1) * b.Unsqueeze(0)
                : throw new ShapeException($"Outer got {a.Spec} and {b.Spec}, but it multiplies two vectors; Flatten them first.");
        }
    }
}
