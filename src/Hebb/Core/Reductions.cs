using Hebb.Kernels;

namespace Hebb;

/// <summary>Brings tensors to the reduction kernels: which axes stay, which go, dispatch on the element type.</summary>
internal static class Reductions
{
    /// <summary>y = reduction of x over the axes whose bits are set; y is row-major over the axes that stay, in order.</summary>
    public static void Run<TRed>(Tensor x, uint axes, Tensor y) where TRed : struct, IReduceLane<TRed>
    {
        Span<int> sizes = stackalloc int[Dims.MaxRank], strides = stackalloc int[Dims.MaxRank];
        Dims keptSizes = Axes(x.Spec, ~axes, sizes, strides, out Dims keptStrides);
        Dims goneSizes = Axes(x.Spec, axes, sizes, strides, out Dims goneStrides);
        if (x.DType == DType.Float32)
            Reduce.Run<TRed, float>(keptSizes, keptStrides, goneSizes, goneStrides, x.Span<float>(), y.Span<float>());
        else
            Reduce.Run<TRed, double>(keptSizes, keptStrides, goneSizes, goneStrides, x.Span<double>(), y.Span<double>());
    }

    /// <summary><see cref="Run{TRed}"/> on tensors whose layouts stay, as something to run again and again.</summary>
    public static Action Bind<TRed>(Tensor x, uint axes, Tensor y) where TRed : struct, IReduceLane<TRed> =>
        x.DType == DType.Float32 ? Bind<TRed, float>(x, axes, y) : Bind<TRed, double>(x, axes, y);

    private static Action Bind<TRed, T>(Tensor x, uint axes, Tensor y) where TRed : struct, IReduceLane<TRed> where T : unmanaged
    {
        Span<int> sizes = stackalloc int[Dims.MaxRank], strides = stackalloc int[Dims.MaxRank];
        Dims keptSizes = Axes(x.Spec, ~axes, sizes, strides, out Dims keptStrides);
        Dims goneSizes = Axes(x.Spec, axes, sizes, strides, out Dims goneStrides);
        Reduction<TRed, T> reduction = new(keptSizes, keptStrides, goneSizes, goneStrides);
        return () => reduction.Run(x.Span<T>(), y.Span<T>());
    }

    /// <summary>The reduction of an expression's values to one number, as something to run again and again.</summary>
    public static Action Bind<TRed>(LaneTree tree, Tensor[] operands, int count, Tensor y) where TRed : struct, IReduceLane<TRed>
    {
        Binding<TRed> binding = new(operands, count, y);
        tree.Accept(ref binding);
        return binding.Run!;
    }

    private struct Binding<TRed>(Tensor[] operands, int count, Tensor y) : ILaneVisitor where TRed : struct, IReduceLane<TRed>
    {
        public Action? Run { get; private set; }

        public void Visit<E>(E expression) where E : struct, ILaneExpression =>
            Run = y.DType == DType.Float32 ? Over<E, float>(expression, operands, count, y) : Over<E, double>(expression, operands, count, y);

        private static Action Over<E, T>(E expression, Tensor[] operands, int count, Tensor y) where E : struct, ILaneExpression where T : unmanaged
        {
            Reduction<TRed, T> reduction = new([], [], [count], [1]);
            return () =>
            {
                Operands<T> inputs = default;
                foreach (Tensor operand in operands) inputs.Read(operand.Span<T>());
                reduction.Run(expression, inputs, y.Span<T>());
            };
        }
    }

    /// <summary>y = Σ x over the axes whose bits are set, for int64 tensors.</summary>
    public static void SumWhole(Tensor x, uint axes, Tensor y)
    {
        Span<int> sizes = stackalloc int[Dims.MaxRank], strides = stackalloc int[Dims.MaxRank];
        Dims keptSizes = Axes(x.Spec, ~axes, sizes, strides, out Dims keptStrides);
        Dims goneSizes = Axes(x.Spec, axes, sizes, strides, out Dims goneStrides);
        WholeSum.Run(keptSizes, keptStrides, goneSizes, goneStrides, x.Span<long>(), y.Span<long>());
    }

    private static Dims Axes(in TensorSpec x, uint chosen, Span<int> sizes, Span<int> strides, out Dims chosenStrides)
    {
        int count = 0;
        for (int i = 0; i < x.Shape.Rank; i++)
        {
            if ((chosen >> i & 1) == 0) continue;
            sizes[count] = x.Shape[i];
            strides[count++] = x.Strides[i];
        }
        chosenStrides = new Dims(strides[..count]);
        return new Dims(sizes[..count]);
    }
}
