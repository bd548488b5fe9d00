using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

public static unsafe partial class Reduce
{
    /// <summary>yₖ = what is gathered from xₖᵣ over all r, one after the other, row by row over the axes that go</summary>
    /// <typeparam name="TRed">The reducer, such as <see cref="SumScalar"/>.</typeparam>
    /// <typeparam name="TIn">The type of the numbers.</typeparam>
    /// <typeparam name="TOut">The type of the results.</typeparam>
    /// <param name="red">The reducer.</param>
    /// <param name="keptShape">The sizes of the axes that stay.</param>
    /// <param name="keptStrides">The strides of x along them.</param>
    /// <param name="reducedShape">The sizes of the axes that go.</param>
    /// <param name="reducedStrides">The strides of x along them.</param>
    /// <param name="x">The input, from its lowest address on.</param>
    /// <param name="y">The output, row by row over the axes that stay.</param>
    /// <exception cref="ArgumentException">An array is shorter than the shapes need, or strides and shapes differ in length.</exception>
    public static void Scalars<TRed, TIn, TOut>(
        TRed red, in Dims keptShape, in Dims keptStrides, in Dims reducedShape, in Dims reducedStrides, ReadOnlySpan<TIn> x, Span<TOut> y)
        where TRed : struct, IScalarReduce<TIn, TOut> where TIn : unmanaged where TOut : unmanaged
    {
        Loop kept = Loop.Over(keptShape, [keptStrides, Dims.RowMajor(keptShape)], 1);
        // The numbers keep the order of their axes: that of a row-major array of their shape.
        Loop gone = Loop.Over(reducedShape, [reducedStrides, Dims.RowMajor(reducedShape)], 1);
        Check(kept, gone, x.Length, y.Length);
        int row = kept.Sizes[kept.Rank - 1];
        nint step = kept.Step(0, kept.Rank - 1);
        fixed (TIn* px = x)
        fixed (TOut* py = y)
        {
            Place place = new(&kept, 1, 0);
            for (int at = 0; at < kept.Count; at += row, place.Advance(&kept, 1, 0, 1))
            {
                TIn* from = px + kept.Start(0) + gone.Start(0) + place.Offsets[0];
                for (int i = 0; i < row; i++, from += step) py[at + i] = Gather<TRed, TIn, TOut>(red, from, &gone);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TOut Gather<TRed, TIn, TOut>(TRed red, TIn* x, Loop* numbers)
        where TRed : struct, IScalarReduce<TIn, TOut> where TIn : unmanaged
    {
        TOut a = red.Start;
        int row = numbers->Sizes[numbers->Rank - 1];
        nint step = numbers->Step(0, numbers->Rank - 1);
        Place place = new(numbers, 1, 0);
        for (int at = 0; at < numbers->Count; at += row, place.Advance(numbers, 1, 0, 1))
        {
            TIn* p = x + place.Offsets[0];
            for (int i = 0; i < row; i++, p += step) a = red.Step(a, *p);
        }
        return a;
    }
}
