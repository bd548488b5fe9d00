using System.Buffers;
using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Reductions over some axes of an array: sums, products and extremes.</summary>
/// <remarks>
/// Results do not depend on the lane width or on the number of threads: numbers are taken in the order of memory, dealt to 16 (float) or 8
/// (double) virtual lanes in four rounds, in blocks of about 4096, and joined in a fixed tree, a function of shapes and strides alone.
/// </remarks>
internal static unsafe class Reduce
{
    /// <summary>yₖ = finish(gathered xₖᵣ over all r)</summary>
    /// <typeparam name="TRed">The reducer, such as <see cref="SumLane"/>.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="keptShape">The sizes of the axes that stay.</param>
    /// <param name="keptStrides">The strides of x along them.</param>
    /// <param name="reducedShape">The sizes of the axes that go; where one is 0 there are no numbers.</param>
    /// <param name="reducedStrides">The strides of x along them.</param>
    /// <param name="x">The input, from its lowest address on.</param>
    /// <param name="y">The output, row by row over the axes that stay; it may not overlap the input.</param>
    /// <exception cref="ArgumentException">An array is shorter than the shapes need, or strides and shapes differ in length.</exception>
    public static void Run<TRed, T>(
        in Dims keptShape, in Dims keptStrides, in Dims reducedShape, in Dims reducedStrides, ReadOnlySpan<T> x, Span<T> y)
        where TRed : struct, IReduceLane<TRed> where T : unmanaged
    {
        FoldPlan plan = new(sizeof(T), keptShape, keptStrides, reducedShape, reducedStrides);
        Run<TRed, T>(&plan, x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<TRed, E, T>(E expression, FoldPlan* plan, in Operands<T> inputs, Span<T> y)
        where TRed : struct, IReduceLane<TRed> where E : struct, ILaneExpression where T : unmanaged
    {
        int count = plan->Gone.Count;
        byte* registers = stackalloc byte[Loop.MaxOperands * Pass.RegisterBytes];
        Stored<E> body = new(expression);
        Ports ports = default;
        fixed (T* p0 = inputs[0], p1 = inputs[1], p2 = inputs[2], p3 = inputs[3])
        fixed (T* p4 = inputs[4], p5 = inputs[5], p6 = inputs[6])
        {
            ReadOnlySpan<nint> firsts = [(nint)p0, (nint)p1, (nint)p2, (nint)p3, (nint)p4, (nint)p5, (nint)p6];
            for (int k = 0; k < inputs.Inputs; k++)
            {
                if (inputs[k].Length >= count && count != 1)
                {
                    ports.Read((void*)firsts[k]);
                    continue;
                }
                if (inputs[k].Length != 1)
                    throw new ArgumentException(
                        $"Input {k} has {inputs[k].Length} numbers for {count} places; give one for each, or one for all.");
                ports.ReadOne<T>(registers + (k * Pass.RegisterBytes), (void*)firsts[k]);
            }
            FoldSource source = new(Pass.Of<Stored<E>, T>(), Unsafe.AsPointer(ref body), &ports, sizeof(T));
            Run<TRed, T>(plan, null, count, &source, y);
        }
    }

    internal static void Run<TRed, T>(FoldPlan* plan, ReadOnlySpan<T> x, Span<T> y)
        where TRed : struct, IReduceLane<TRed> where T : unmanaged
    {
        fixed (T* px = x) Run<TRed, T>(plan, px, x.Length, null, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TRed, T>(FoldPlan* plan, T* x, int length, FoldSource* source, Span<T> y)
        where TRed : struct, IReduceLane<TRed> where T : unmanaged
    {
        Pass.Supports<T>();
        plan->Check(length, y.Length);
        if (plan->Kept.Count == 0) return;
        FoldPass pass = Fold<TRed, T>.Choose();
        fixed (T* py = y)
        {
            if (plan->Gone.Count == 0)
            {
                pass.Finish(null, (byte*)py, sizeof(T), plan->Kept.Count);
                return;
            }
            FoldJob job = new(plan, pass, (byte*)x, (byte*)(x + length), (byte*)py) { Source = source };
            if (plan->IsSingle)
            {
                job.RunSingle();
                return;
            }
            if (plan->Groups == 1)
            {
                Share(plan, ref job);
                return;
            }
            byte[] partials = ArrayPool<byte>.Shared.Rent(checked((int)plan->PartialBytes(sizeof(T))));
            fixed (byte* pp = partials)
            {
                job.Partials = pp;
                Share(plan, ref job);
                job.JoinGroups();
            }
            ArrayPool<byte>.Shared.Return(partials);
        }
    }

    private static void Share(FoldPlan* plan, ref FoldJob job)
    {
        if ((long)plan->Kept.Count * plan->Gone.Count >= Sweep.Shared) Team.Run(plan->Chunks, ref job);
        else for (int chunk = 0; chunk < plan->Chunks; chunk++) job.Run(chunk);
    }
}

/// <summary>A reduction of arrays whose layout stays, to be run again and again: how it is cut is found once.</summary>
/// <typeparam name="TRed">The reducer, such as <see cref="SumLane"/>.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="keptShape">The sizes of the axes that stay.</param>
/// <param name="keptStrides">The strides of x along them.</param>
/// <param name="reducedShape">The sizes of the axes that go; where one is 0 there are no numbers.</param>
/// <param name="reducedStrides">The strides of x along them.</param>
internal sealed unsafe class Reduction<TRed, T>(in Dims keptShape, in Dims keptStrides, in Dims reducedShape, in Dims reducedStrides)
    where TRed : struct, IReduceLane<TRed> where T : unmanaged
{
    private FoldPlan _plan = new(sizeof(T), keptShape, keptStrides, reducedShape, reducedStrides);

    /// <summary>
    /// yₖ = finish(gathered xₖᵣ over all r), as <see cref="Reduce.Run{TRed, T}(in Dims, in Dims, in Dims, in Dims, ReadOnlySpan{T},
    /// Span{T})"/> gives it.
    /// </summary>
    /// <param name="x">The input, from its lowest address on.</param>
    /// <param name="y">The output, row by row over the axes that stay; it may not overlap the input.</param>
    /// <exception cref="ArgumentException">An array is shorter than the shapes need.</exception>
    public void Run(ReadOnlySpan<T> x, Span<T> y)
    {
        fixed (FoldPlan* plan = &_plan) Reduce.Run<TRed, T>(plan, x, y);
    }

    /// <summary>
    /// The reduction of an expression's values instead of x, where x would be one contiguous run and y one number: the same bits as if the
    /// values had been written first.
    /// </summary>
    /// <typeparam name="E">The expression.</typeparam>
    /// <param name="expression">What is reduced; it may use only the inputs that are given here.</param>
    /// <param name="inputs">The inputs: each has one number for each place, or a single one for all.</param>
    /// <param name="y">The output, one number.</param>
    /// <exception cref="ArgumentException">
    /// An input has neither one number nor as many as there are places, or there is no output.
    /// </exception>
    public void Run<E>(E expression, in Operands<T> inputs, Span<T> y) where E : struct, ILaneExpression
    {
        fixed (FoldPlan* plan = &_plan) Reduce.Run<TRed, E, T>(expression, plan, inputs, y);
    }
}
