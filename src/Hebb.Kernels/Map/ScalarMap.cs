using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>y = f(x) for single numbers of any types, such as long or bool.</summary>
/// <typeparam name="TIn">The type of the input.</typeparam>
/// <typeparam name="TOut">The type of the output.</typeparam>
internal interface IScalarUnary<TIn, TOut>
{
    /// <summary>f(x)</summary>
    /// <param name="x">The input.</param>
    /// <returns>The output.</returns>
    TOut Apply(TIn x);
}

/// <summary>y = f(a, b) for single numbers of any types, such as long or bool.</summary>
/// <typeparam name="TIn">The type of the inputs.</typeparam>
/// <typeparam name="TOut">The type of the output.</typeparam>
internal interface IScalarBinary<TIn, TOut>
{
    /// <summary>f(a, b)</summary>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <returns>The output.</returns>
    TOut Apply(TIn a, TIn b);
}

/// <summary>Elementwise loops for types that have no lanes: whole numbers and truth values.</summary>
internal static unsafe class ScalarMap
{
    /// <summary>y = f(x) over a loop.</summary>
    /// <typeparam name="TOp">The function.</typeparam>
    /// <typeparam name="TIn">The type of the input.</typeparam>
    /// <typeparam name="TOut">The type of the output.</typeparam>
    /// <param name="op">The function.</param>
    /// <param name="loop">The loop over x and y.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The output.</param>
    /// <exception cref="ArgumentException">An array is shorter than the loop reaches, or the loop is over other operands.</exception>
    public static void Unary<TOp, TIn, TOut>(TOp op, in Loop loop, ReadOnlySpan<TIn> x, Span<TOut> y)
        where TOp : struct, IScalarUnary<TIn, TOut> where TIn : unmanaged where TOut : unmanaged
    {
        loop.Check(x.Length, y.Length);
        fixed (Loop* over = &loop)
        fixed (TIn* px = x)
        fixed (TOut* py = y)
        {
            Sweep sweep = new(over, Unsafe.AsPointer(ref op), &UnaryPass<TOp, TIn, TOut>, 1);
            sweep.Add(px, sizeof(TIn));
            sweep.Add(py, sizeof(TOut));
            sweep.Go();
        }
    }

    /// <summary>y = f(a, b) over a loop, which may broadcast a or b.</summary>
    /// <typeparam name="TOp">The function.</typeparam>
    /// <typeparam name="TIn">The type of the inputs.</typeparam>
    /// <typeparam name="TOut">The type of the output.</typeparam>
    /// <param name="op">The function.</param>
    /// <param name="loop">The loop over a, b and y.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="y">The output.</param>
    /// <exception cref="ArgumentException">An array is shorter than the loop reaches, or the loop is over other operands.</exception>
    public static void Binary<TOp, TIn, TOut>(TOp op, in Loop loop, ReadOnlySpan<TIn> a, ReadOnlySpan<TIn> b, Span<TOut> y)
        where TOp : struct, IScalarBinary<TIn, TOut> where TIn : unmanaged where TOut : unmanaged
    {
        loop.Check(a.Length, b.Length, y.Length);
        fixed (Loop* over = &loop)
        fixed (TIn* pa = a, pb = b)
        fixed (TOut* py = y)
        {
            Sweep sweep = new(over, Unsafe.AsPointer(ref op), &BinaryPass<TOp, TIn, TOut>, 2);
            sweep.Add(pa, sizeof(TIn));
            sweep.Add(pb, sizeof(TIn));
            sweep.Add(py, sizeof(TOut));
            sweep.Go();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void UnaryPass<TOp, TIn, TOut>(void* source, Ports* ports, nint n)
        where TOp : struct, IScalarUnary<TIn, TOut> where TIn : unmanaged where TOut : unmanaged
    {
        TOp op = Unsafe.AsRef<TOp>(source);
        TIn* x = ports->Input<TIn>(0);
        TOut* y = ports->Output<TOut>(0);
        nint move = ports->Moves[0];
        for (nint i = 0; i < n; i++) y[i] = op.Apply(x[i & move]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BinaryPass<TOp, TIn, TOut>(void* source, Ports* ports, nint n)
        where TOp : struct, IScalarBinary<TIn, TOut> where TIn : unmanaged where TOut : unmanaged
    {
        TOp op = Unsafe.AsRef<TOp>(source);
        TIn* a = ports->Input<TIn>(0), b = ports->Input<TIn>(1);
        TOut* y = ports->Output<TOut>(0);
        nint moveA = ports->Moves[0], moveB = ports->Moves[1];
        for (nint i = 0; i < n; i++) y[i] = op.Apply(a[i & moveA], b[i & moveB]);
    }
}
