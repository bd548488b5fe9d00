using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>A view of x's elements, in row-major order, under another shape.</summary>
    public readonly record struct Reshape(Shape Target) : IView
    {
        (TensorSpec Spec, int Offset) IView.View(in TensorSpec input) =>
            TryView(input, Target, out TensorSpec view)
                ? (view, 0)
                : throw new ShapeException(
                    $"Reshape cannot see {input} with strides {input.Strides} as {Target} without a copy; take Contiguous() first.");

        /// <inheritdoc/>
        public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Reshape(flow.InputSpec(0).Shape));

        /// <summary>Whether the elements under the new shape still lie at fixed strides, and at which.</summary>
        internal static bool TryView(in TensorSpec x, Shape target, out TensorSpec view)
        {
            view = default;
            if (x.Shape.Count != target.Count)
                throw new ShapeException($"Reshape gives {x}, of {x.Shape.Count} elements, the shape {target}, of {target.Count}; "
                    + "the number of elements must stay the same.");
            if (x.IsContiguous)
            {
                view = new TensorSpec(x.DType, target);
                return true;
            }
            // Match runs of old axes with runs of new axes of equal products; inside a run the old axes must continue each other.
            Span<int> strides = stackalloc int[Dims.MaxRank];
            int i = x.Shape.Rank - 1, j = target.Rank - 1;
            while (i >= 0 || j >= 0)
            {
                while (i >= 0 && x.Shape[i] == 1) i--;
                if (i < 0)
                {
                    for (; j >= 0; j--) strides[j] = 1;
                    break;
                }
                int run = x.Shape[i], stride = x.Strides[i], outer = i - 1;
                while (outer >= 0 && (x.Shape[outer] == 1 || x.Strides[outer] == stride * run))
                {
                    run *= x.Shape[outer];
                    outer--;
                }
                i = outer;
                for (int left = run; left > 1; j--)
                {
                    if (j < 0 || left % target[j] != 0) return false;
                    strides[j] = stride;
                    stride *= target[j];
                    left /= target[j];
                }
            }
            view = new TensorSpec(x.DType, target, new Dims(strides[..target.Rank]));
            return true;
        }
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
            /// The same elements, in row-major order, under another shape; one size may be -1 and is then computed. A view where the memory
            /// layout allows it, a copy where not.
            /// </summary>
            /// <exception cref="ShapeException">The number of elements would change, or more than one size is -1.</exception>
            public Tensor Reshape(params ReadOnlySpan<int> sizes)
            {
                int open = sizes.IndexOf(-1);
                if (open < 0 || sizes.Length > Dims.MaxRank) return x.Reshape(new Shape(sizes));
                long known = 1;
                for (int i = 0; i < sizes.Length && known > 0; i++)
                {
                    // Beyond the number of elements it divides them no more.
                    if (i != open) known = Math.Min(known * sizes[i], 1L + int.MaxValue);
                }
                if (known <= 0 || x.Count % known != 0)
                    throw new ShapeException(
                        $"Reshape of {x.Spec} to [{InvariantText.Join(", ", sizes)}] leaves no whole size for the axis -1; "
                        + $"the other sizes must divide {x.Count}.");
                Span<int> all = stackalloc int[sizes.Length];
                sizes.CopyTo(all);
                all[open] = (int)(x.Count / known);
                return x.Reshape(new Shape(all));
            }

            /// <inheritdoc cref="extension(Tensor).Reshape(ReadOnlySpan{int})"/>
            public Tensor Reshape(params int[] sizes) => x.Reshape(sizes.AsSpan());

            /// <summary>
            /// The same elements, in row-major order, under another shape: a view where the memory layout allows it, a copy where not.
            /// </summary>
            /// <exception cref="ShapeException">The number of elements would change.</exception>
            public Tensor Reshape(Shape shape)
            {
                if (shape == x.Shape) return x;
                return Hebb.Ops.Reshape.TryView(x.Spec, shape, out _) ? x.Apply(new Reshape(shape)) : x.Clone().Apply(new Reshape(shape));
            }

            /// <summary>
            /// The axes from <paramref name="first"/> to <paramref name="last"/> (both included) merged into one, in row-major order.
            /// </summary>
            /// <exception cref="ShapeException">There are no such axes.</exception>
            public Tensor Flatten(int first = 0, int last = -1)
            {
                if (x.Rank == 0) return x.Reshape(1);
                first = x.Shape.Axis(first);
                last = x.Shape.Axis(last);
                if (first > last)
                    throw new ShapeException(
                        $"Flatten of {x.Spec} was asked to merge axes {first} to {last}; the first must not come after the last.");
                Span<int> sizes = stackalloc int[Dims.MaxRank];
                x.Shape.AsSpan()[..first].CopyTo(sizes);
                sizes[first] = 1;
                for (int i = first; i <= last; i++) sizes[first] *= x.Shape[i];
                x.Shape.AsSpan()[(last + 1)..].CopyTo(sizes[(first + 1)..]);
                return x.Reshape(new Shape(sizes[..(x.Rank - (last - first))]));
            }

            /// <summary>A view with a new axis of size 1 before the given one (-1: at the end).</summary>
            /// <exception cref="ShapeException">The axis does not exist, or there would be more than eight.</exception>
            public Tensor Unsqueeze(int axis) => x.Reshape(x.Shape.Insert(axis, 1));

            /// <summary>A view without the given axis, whose size must be 1.</summary>
            /// <exception cref="ShapeException">The axis does not exist or is longer than 1.</exception>
            public Tensor Squeeze(int axis)
            {
                if (x.Shape[axis] != 1)
                    throw new ShapeException($"Squeeze of axis {axis} was asked of {x.Spec}, where that axis has size {x.Shape[axis]}; "
                        + "only axes of size 1 can be left out.");
                return x.Reshape(x.Shape.Without(axis));
            }

            /// <summary>A view without the axes of size 1.</summary>
            public Tensor Squeeze()
            {
                Shape shape = x.Shape;
                for (int i = shape.Rank - 1; i >= 0; i--)
                {
                    if (shape[i] == 1) shape = shape.Without(i);
                }
                return x.Reshape(shape);
            }
        }
    }
}
