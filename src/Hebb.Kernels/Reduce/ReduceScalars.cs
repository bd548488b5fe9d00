using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>A reduction, number by number in order, of types that have no lanes, or to another type.</summary>
/// <typeparam name="TIn">The type of the numbers.</typeparam>
/// <typeparam name="TOut">The type of the result.</typeparam>
public interface IScalarReduce<TIn, TOut>
{
    /// <summary>The result of no numbers.</summary>
    TOut Start { get; }

    /// <summary>Takes one more number in.</summary>
    /// <param name="a">The result so far.</param>
    /// <param name="x">The number.</param>
    /// <returns>The result now.</returns>
    TOut Step(TOut a, TIn x);
}

/// <summary>y = Σ xᵢ of whole numbers, wrapping at 2^64.</summary>
public readonly struct SumScalar : IScalarReduce<long, long>
{
    /// <inheritdoc/>
    public long Start => 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Step(long a, long x) => a + x;
}

/// <summary>How many of the values are true.</summary>
public readonly struct CountScalar : IScalarReduce<bool, long>
{
    /// <inheritdoc/>
    public long Start => 0;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Step(long a, bool x) => a + (x ? 1 : 0);
}

public static unsafe partial class Reduce
{
    /// <summary>yₖ = what is gathered from xₖᵣ over all r, in the order of the axes that go</summary>
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
        where TRed : struct, IScalarReduce<TIn, TOut> where TIn : unmanaged where TOut : unmanaged =>
        Each<Gather<TRed, TIn, TOut>, TIn, TOut>(new(red), keptShape, keptStrides, reducedShape, reducedStrides, x, y);

    /// <summary>
    /// The place of the largest number among the numbers of each output, counted row by row over the axes that go: the first where several
    /// are equal, and the first NaN where there is one.
    /// </summary>
    /// <typeparam name="T">float, double or long.</typeparam>
    /// <param name="keptShape">The sizes of the axes that stay.</param>
    /// <param name="keptStrides">The strides of x along them.</param>
    /// <param name="reducedShape">The sizes of the axes that go, at least 1.</param>
    /// <param name="reducedStrides">The strides of x along them.</param>
    /// <param name="x">The input, from its lowest address on.</param>
    /// <param name="y">The places, row by row over the axes that stay.</param>
    /// <exception cref="ArgumentException">
    /// There are no numbers to choose from, an array is shorter than the shapes need, or strides and shapes differ in length.
    /// </exception>
    public static void ArgMax<T>(
        in Dims keptShape, in Dims keptStrides, in Dims reducedShape, in Dims reducedStrides, ReadOnlySpan<T> x, Span<long> y)
        where T : unmanaged, INumber<T>
    {
        NotEmpty(reducedShape);
        Each<Largest<T>, T, long>(default, keptShape, keptStrides, reducedShape, reducedStrides, x, y);
    }

    /// <summary>
    /// The place of the smallest number among the numbers of each output, counted row by row over the axes that go: the first where several
    /// are equal, and the first NaN where there is one.
    /// </summary>
    /// <typeparam name="T">float, double or long.</typeparam>
    /// <param name="keptShape">The sizes of the axes that stay.</param>
    /// <param name="keptStrides">The strides of x along them.</param>
    /// <param name="reducedShape">The sizes of the axes that go, at least 1.</param>
    /// <param name="reducedStrides">The strides of x along them.</param>
    /// <param name="x">The input, from its lowest address on.</param>
    /// <param name="y">The places, row by row over the axes that stay.</param>
    /// <exception cref="ArgumentException">
    /// There are no numbers to choose from, an array is shorter than the shapes need, or strides and shapes differ in length.
    /// </exception>
    public static void ArgMin<T>(
        in Dims keptShape, in Dims keptStrides, in Dims reducedShape, in Dims reducedStrides, ReadOnlySpan<T> x, Span<long> y)
        where T : unmanaged, INumber<T>
    {
        NotEmpty(reducedShape);
        Each<Smallest<T>, T, long>(default, keptShape, keptStrides, reducedShape, reducedStrides, x, y);
    }

    private static void NotEmpty(in Dims shape)
    {
        if (shape.Product() == 0) throw new ArgumentException($"There is no extreme among the numbers of the shape {shape}; give axes of at least 1.");
    }

    private static void Each<TLine, TIn, TOut>(
        TLine line, in Dims keptShape, in Dims keptStrides, in Dims goneShape, in Dims goneStrides, ReadOnlySpan<TIn> x, Span<TOut> y)
        where TLine : struct, ILine<TIn, TOut> where TIn : unmanaged where TOut : unmanaged
    {
        Loop kept = Loop.Over(keptShape, [keptStrides, Dims.RowMajor(keptShape)], 1);
        // The numbers keep the order of their axes: that of a row-major array of their shape.
        Loop gone = Loop.Over(goneShape, [goneStrides, Dims.RowMajor(goneShape)], 1);
        Check(kept, gone, x.Length, y.Length);
        int row = kept.Sizes[kept.Rank - 1];
        fixed (TIn* px = x)
        fixed (TOut* py = y)
        {
            TIn* first = px + kept.Start(0) + gone.Start(0);
            for (int at = 0; at < kept.Count; at += row)
            {
                Place place = new(&kept, 2, at / row);
                for (int i = 0; i < row; i++)
                    py[place.Offsets[1] + i] = line.Run(first + place.Offsets[0] + (i * (long)kept.Step(0, kept.Rank - 1)), &gone);
            }
        }
    }

    /// <summary>What becomes of the numbers of one output.</summary>
    private interface ILine<TIn, TOut> where TIn : unmanaged
    {
        TOut Run(TIn* x, Loop* numbers);
    }

    private readonly struct Gather<TRed, TIn, TOut>(TRed red) : ILine<TIn, TOut>
        where TRed : struct, IScalarReduce<TIn, TOut> where TIn : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public TOut Run(TIn* x, Loop* numbers)
        {
            TOut a = red.Start;
            if (numbers->Count == 0) return a;
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

    private readonly struct Largest<T> : ILine<T, long> where T : unmanaged, INumber<T>
    {
        public long Run(T* x, Loop* numbers) => Extreme<T, Greater<T>>(x, numbers);
    }

    private readonly struct Smallest<T> : ILine<T, long> where T : unmanaged, INumber<T>
    {
        public long Run(T* x, Loop* numbers) => Extreme<T, Less<T>>(x, numbers);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Extreme<T, TBeats>(T* x, Loop* numbers) where T : unmanaged, INumber<T> where TBeats : struct, IBeats<T>
    {
        int row = numbers->Sizes[numbers->Rank - 1];
        nint step = numbers->Step(0, numbers->Rank - 1);
        Place place = new(numbers, 1, 0);
        T best = x[place.Offsets[0]];
        long bestAt = 0;
        for (int at = 0; at < numbers->Count && !T.IsNaN(best); at += row, place.Advance(numbers, 1, 0, 1))
        {
            T* p = x + place.Offsets[0];
            for (int i = 0; i < row; i++, p += step)
            {
                if (!TBeats.Over(*p, best)) continue;
                best = *p;
                bestAt = at + i;
                if (T.IsNaN(best)) break;
            }
        }
        return bestAt;
    }

    /// <summary>Whether one number takes the place of another; a NaN takes that of any number.</summary>
    private interface IBeats<T>
    {
        static abstract bool Over(T a, T b);
    }

    private readonly struct Greater<T> : IBeats<T> where T : INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Over(T a, T b) => !(a <= b);
    }

    private readonly struct Less<T> : IBeats<T> where T : INumber<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static bool Over(T a, T b) => !(a >= b);
    }
}
