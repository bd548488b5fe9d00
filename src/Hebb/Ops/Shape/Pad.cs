using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>x with positions of one value added before and after it along each axis; no width is negative.</summary>
    public readonly record struct Pad(Dims Before, Dims After, double Value) : IAnyOp
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            Shape shape = inputs[0].Shape;
            if (Before.Rank != shape.Rank || After.Rank != shape.Rank)
                throw new ShapeException(
                    $"Pad got widths {Before} and {After} for {inputs[0]}; give one before and one after for each axis.");
            Span<int> sizes = stackalloc int[Dims.MaxRank];
            for (int i = 0; i < shape.Rank; i++)
            {
                if (Before[i] < 0 || After[i] < 0)
                    throw new ShapeException(
                        $"Pad got widths {Before} and {After} for {inputs[0]}; take positions away with Narrow before you add others.");
                sizes[i] = Shape.Size((long)Before[i] + shape[i] + After[i]);
            }
            outputs[0] = new TensorSpec(inputs[0].DType, new Shape(sizes[..shape.Rank]));
        }

        Kernel IAnyKernel.Bind<T>(ref OpCall call)
        {
            T value = ElementTypes.Of<T>(Value);
            Kernel put = Views.Put(0, call.Input(0), call.Output(0), Middle(call.Input(0).Shape));
            return (in v) =>
            {
                v.Output<T>(0).Fill(value);
                put(v);
            };
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(Middle(flow.InputSpec(0).Shape)));

        private TakeSlice Middle(Shape inner) => new(Before, inner.Sizes, Dims.Repeat(1, inner.Rank));

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(Pad), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>
            /// The tensor with positions added before and after it, axis by axis, first axis first; a negative width takes positions away.
            /// </summary>
            /// <param name="before">How many positions come before, for each axis.</param>
            /// <param name="after">How many positions come after, for each axis.</param>
            /// <param name="mode">What they hold.</param>
            /// <param name="value">Their value, if it is constant.</param>
            /// <exception cref="ShapeException">
            /// Not one width for each axis, more is taken away than is there, or an axis is too short to reflect or wrap so far.
            /// </exception>
            public Tensor Pad(ReadOnlySpan<int> before, ReadOnlySpan<int> after, PadMode mode = PadMode.Constant, double value = 0)
            {
                if (before.Length != x.Rank || after.Length != x.Rank)
                    throw new ShapeException($"Pad got {before.Length} widths before and {after.Length} after for {x.Spec}; "
                        + $"give {x.Rank} of each, one for each axis.");
                Tensor y = x;
                Span<int> front = stackalloc int[Dims.MaxRank], back = stackalloc int[Dims.MaxRank];
                bool adds = false;
                for (int axis = 0; axis < x.Rank; axis++)
                {
                    (front[axis], back[axis]) = (Math.Max(0, before[axis]), Math.Max(0, after[axis]));
                    (long first, long last) = ((long)front[axis] - before[axis], x.Shape[axis] - ((long)back[axis] - after[axis]));
                    if (first > last)
                        throw new ShapeException($"Pad takes {first} positions from the front and {x.Shape[axis] - last} from the back of "
                            + $"axis {axis} of {x.Spec}, which has {x.Shape[axis]}; take fewer.");
                    y = y.Narrow(axis, (int)first, (int)(last - first));
                    bool addsHere = front[axis] > 0 || back[axis] > 0;
                    adds |= addsHere;
                    if (mode != PadMode.Constant && addsHere)
                        y = y.Take(Places(y, axis, front[axis], back[axis], mode), axis);
                }
                return mode == PadMode.Constant && adds ? y.Apply(new Pad(new Dims(front[..x.Rank]), new Dims(back[..x.Rank]), value)) : y;
            }
        }

        /// <summary>Which position of an axis each position of the padded axis shows.</summary>
        private static Tensor Places(Tensor x, int axis, int before, int after, PadMode mode)
        {
            int size = x.Shape[axis], widest = Math.Max(before, after);
            if (size == 0 || (mode == PadMode.Reflect && widest >= size) || (mode == PadMode.Circular && widest > size))
                throw new ShapeException($"Pad in mode {mode} was asked to add {widest} positions along axis {axis} of {x.Spec}, "
                    + "which is too short for that; add fewer, or pad with a constant.");
            return Tensor.Whole([Shape.Size((long)before + size + after)], i =>
            {
                long at = (long)i - before;
                return mode switch
                {
                    PadMode.Edge => Math.Clamp(at, 0, size - 1),
                    PadMode.Circular => (at + size) % size,
                    _ => at < 0 ? -at : at < size ? at : 2L * (size - 1) - at,
                };
            });
        }
    }
}
