using Hebb.Kernels;

namespace Hebb;

/// <summary>What reductions share: which axes stay and which go, and the way to the kernels.</summary>
internal static class Reductions
{
    /// <summary>
    /// The kernel of y = reduction of x over the axes whose bits are set; y is row-major over the axes that stay, in order.
    /// </summary>
    public static Kernel Bind<TRed>(uint axes, ref OpCall call) where TRed : struct, IReduceLane<TRed> =>
        ElementTypes.Float(new OverAxes<TRed>(axes), call.FloatType, ref call);

    /// <summary>Whether an expression may read an operand in the order of its values: it lies as they do, or is one number.</summary>
    public static bool CanRead(in TensorSpec operand, in TensorSpec values) => operand == values || operand.Shape.Count == 1;

    /// <summary>The reduction of an expression's values to one number; its operands are those of the expression.</summary>
    public static IOp Over<TRed>(IOp op, ElementwiseExpression values, int count) where TRed : struct, IReduceLane<TRed> =>
        new OfValues<TRed>(op, values, count);

    /// <summary>The kernel of y = Σ x over the axes whose bits are set, for int64 tensors.</summary>
    public static Kernel BindWholeSum(uint axes, ref OpCall call)
    {
        (Dims keptSizes, Dims keptStrides, Dims goneSizes, Dims goneStrides) = Split(call.Input(0), axes);
        return (in v) => WholeSum.Run(keptSizes, keptStrides, goneSizes, goneStrides, v.Input<long>(0), v.Output<long>(0));
    }

    /// <summary>Reduces at once; nothing is allocated.</summary>
    public static void Run<TRed>(Tensor x, uint axes, Tensor y) where TRed : struct, IReduceLane<TRed>
    {
        Job<TRed> job = new(x, axes, y);
        ElementTypes.Run(x.DType, ref job);
    }

    private readonly struct OverAxes<TRed>(uint axes) : IFloatKernel where TRed : struct, IReduceLane<TRed>
    {
        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            (Dims keptSizes, Dims keptStrides, Dims goneSizes, Dims goneStrides) = Split(call.Input(0), axes);
            Reduction<TRed, T> reduction = new(keptSizes, keptStrides, goneSizes, goneStrides);
            return (in v) => reduction.Run(v.Input<T>(0), v.Output<T>(0));
        }
    }

    private sealed record OfValues<TRed>(IOp Op, ElementwiseExpression Values, int Count) : IOp where TRed : struct, IReduceLane<TRed>
    {
        public string Name => Op.Name;

        public void Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
            outputs[0] = new TensorSpec(inputs[0].DType, Shape.Scalar);

        public Kernel Bind(ref OpCall call)
        {
            Binding<TRed> binding = new(Count, call.FloatType);
            Values.Accept(ref binding);
            return binding.Kernel!;
        }

        public void Grad(GradientFlow flow) => throw new InvalidOperationException(
            $"The gradient of a fused {Name} was asked for; differentiate before the graph is planned.");
    }

    private struct Binding<TRed>(int count, DType type) : ILaneVisitor where TRed : struct, IReduceLane<TRed>
    {
        public Kernel? Kernel { get; private set; }

        public void Visit<E>(E expression) where E : struct, ILaneExpression
        {
            OpCall none = default;
            Kernel = ElementTypes.Float(new OverValues<TRed, E>(expression, count), type, ref none);
        }
    }

    private readonly struct OverValues<TRed, E>(E expression, int count) : IFloatKernel
        where TRed : struct, IReduceLane<TRed> where E : struct, ILaneExpression
    {
        Kernel IFloatKernel.Bind<T>(ref OpCall call)
        {
            (E values, Reduction<TRed, T> reduction) = (expression, new([], [], [count], [1]));
            return (in v) =>
            {
                Operands<T> operands = default;
                for (int i = 0; i < v.InputCount; i++) operands.Read(v.Input<T>(i));
                reduction.Run(values, operands, v.Output<T>(0));
            };
        }
    }

    private readonly struct Job<TRed>(Tensor x, uint axes, Tensor y) : IAnyJob where TRed : struct, IReduceLane<TRed>
    {
        public void Run<T>() where T : unmanaged
        {
            (Dims keptSizes, Dims keptStrides, Dims goneSizes, Dims goneStrides) = Split(x.Spec, axes);
            Reduce.Run<TRed, T>(keptSizes, keptStrides, goneSizes, goneStrides, x.Span<T>(), y.Span<T>());
            GC.KeepAlive(x);
            GC.KeepAlive(y);
        }
    }

    /// <summary>The axes that stay and those that go.</summary>
    private static (Dims KeptSizes, Dims KeptStrides, Dims GoneSizes, Dims GoneStrides) Split(in TensorSpec x, uint axes)
    {
        Dims keptSizes = Axes(x, ~axes, out Dims keptStrides), goneSizes = Axes(x, axes, out Dims goneStrides);
        return (keptSizes, keptStrides, goneSizes, goneStrides);
    }

    private static Dims Axes(in TensorSpec x, uint chosen, out Dims chosenStrides)
    {
        Span<int> sizes = stackalloc int[Dims.MaxRank], strides = stackalloc int[Dims.MaxRank];
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
