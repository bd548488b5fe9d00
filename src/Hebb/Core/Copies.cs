using Hebb.Kernels;

namespace Hebb;

/// <summary>Copies between layouts, and between tensors and memory of the program.</summary>
internal static class Copies
{
    /// <summary>The kernel that writes its operand, stretched to the result's shape, into the result.</summary>
    public static Kernel Bind(in TensorSpec from, in TensorSpec to)
    {
        OpCall none = default;
        return ElementTypes.Any(new Strided(Walk(from, to)), to.DType, ref none);
    }

    /// <summary>
    /// The kernel that writes operand number <paramref name="input"/> into a part of the result,
    /// which lies there with the part's strides at an offset.
    /// </summary>
    public static Kernel Into(int input, in TensorSpec from, in TensorSpec part, int offset)
    {
        OpCall none = default;
        return ElementTypes.Any(new StridedPart(input, Walk(from, part), offset, part.Extent), part.DType, ref none);
    }

    /// <summary>Writes one tensor, stretched to the other's shape, into the other's memory; nothing is allocated.</summary>
    public static void Run(Tensor from, Tensor to)
    {
        Job job = new(from, to);
        ElementTypes.Run(to.DType, ref job);
    }

    /// <summary>
    /// Copies within memory that may be the same: what is read as it is written would change meanwhile, as where elements move one place
    /// on or rows become columns, and is set aside first.
    /// </summary>
    /// <param name="loop">The walk over both.</param>
    /// <param name="isAlike">Whether both lie alike, so that one onto itself changes nothing.</param>
    /// <param name="from">What is read.</param>
    /// <param name="to">What is written.</param>
    public static void Move<T>(in Loop loop, bool isAlike, ReadOnlySpan<T> from, Span<T> to) where T : unmanaged
    {
        if (from.Overlaps(to, out int offset) && (offset != 0 || !isAlike)) from = from.ToArray();
        Copy.Strided(loop, from, to);
    }

    /// <summary>Writes the elements in row-major order.</summary>
    public static void Out<T>(Tensor x, Span<T> to) where T : unmanaged
    {
        Copy.Strided(Loop.Of(x.Shape.Sizes, [x.Spec.Strides, x.Shape.ContiguousStrides()]), x.Span<T>(), to);
        GC.KeepAlive(x);
    }

    /// <summary>Takes the elements in row-major order; they may lie in the memory that is written.</summary>
    public static void In<T>(ReadOnlySpan<T> from, Tensor y) where T : unmanaged
    {
        Move(Loop.Of(y.Shape.Sizes, [y.Shape.ContiguousStrides(), y.Spec.Strides]), y.IsContiguous, from, y.Span<T>());
        GC.KeepAlive(y);
    }

    /// <summary>Sets all elements to one number.</summary>
    public static void Fill(Tensor y, double value)
    {
        FillJob job = new(y, value);
        ElementTypes.Run(y.DType, ref job);
    }

    private static Loop Walk(in TensorSpec from, in TensorSpec to) =>
        Loop.Of(to.Shape.Sizes, [Elementwise.Stretch(from, to.Shape), to.Strides]);

    private readonly struct Strided(Loop loop) : IAnyKernel
    {
        public Kernel Bind<T>(ref OpCall call) where T : unmanaged
        {
            Loop over = loop;
            return (in v) => Copy.Strided(over, v.Input<T>(0), v.Output<T>(0));
        }
    }

    private readonly struct StridedPart(int input, Loop loop, int offset, int extent) : IAnyKernel
    {
        public Kernel Bind<T>(ref OpCall call) where T : unmanaged
        {
            (int operand, Loop over, int start, int length) = (input, loop, offset, extent);
            return (in v) => Copy.Strided(over, v.Input<T>(operand), v.Output<T>(0).Slice(start, length));
        }
    }

    private readonly struct Job(Tensor from, Tensor to) : IAnyJob
    {
        public void Run<T>() where T : unmanaged
        {
            Move(Walk(from.Spec, to.Spec), from.Spec.Strides == to.Spec.Strides, from.Span<T>(), to.Span<T>());
            GC.KeepAlive(from);
            GC.KeepAlive(to);
        }
    }

    private readonly struct FillJob(Tensor y, double value) : IAnyJob
    {
        public void Run<T>() where T : unmanaged
        {
            T element = ElementTypes.Of<T>(value);
            if (y.Spec.IsDense) y.Span<T>().Fill(element);
            else Copy.Strided(Loop.Of(y.Shape.Sizes, [Dims.Repeat(0, y.Rank), y.Spec.Strides]), [element], y.Span<T>());
            GC.KeepAlive(y);
        }
    }
}
