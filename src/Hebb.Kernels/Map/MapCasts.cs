using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hebb.Kernels;

internal static unsafe partial class Map
{
    /// <summary>
    /// y = x converted between float, double, long and bool. A number that does not fit the new type's precision is rounded to the nearest
    /// (halves to even); a float or double becomes a long by cutting its fraction off, and NaN and what lies outside the range are
    /// refused; a bool is 1 or 0, and every number but 0, NaN too, is true.
    /// </summary>
    /// <typeparam name="TIn">float, double, long or bool.</typeparam>
    /// <typeparam name="TOut">float, double, long or bool.</typeparam>
    /// <param name="loop">The loop over x and y.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The output.</param>
    /// <exception cref="ArgumentException">An array is shorter than the loop reaches, or the loop is over other operands.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is to become a long and is NaN or outside their range.</exception>
    /// <exception cref="NotSupportedException">There is no conversion between these types.</exception>
    public static void Cast<TIn, TOut>(in Loop loop, ReadOnlySpan<TIn> x, Span<TOut> y) where TIn : unmanaged where TOut : unmanaged
    {
        Convertible<TIn>();
        Convertible<TOut>();
        loop.Check(x.Length, y.Length);
        fixed (Loop* over = &loop)
        fixed (TIn* px = x)
        fixed (TOut* py = y)
        {
            bool isOut = false; // set by any thread that meets such a number
            Sweep sweep = new(over, &isOut, &CastPass<TIn, TOut>, 1);
            sweep.Add(px, sizeof(TIn));
            sweep.Add(py, sizeof(TOut));
            sweep.Go();
            if (isOut)
                throw new ArgumentOutOfRangeException(nameof(x),
                    "A cast to int64 met NaN or a number outside -2^63 to 2^63, which no whole number stands for; "
                    + "replace it before the cast, with Where or Clip.");
        }
    }

    private static void Convertible<T>()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double) && typeof(T) != typeof(long) && typeof(T) != typeof(bool))
            throw new NotSupportedException($"There is no conversion from or to {typeof(T).Name}; use float, double, long or bool.");
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CastPass<TIn, TOut>(void* body, Ports* ports, nint n) where TIn : unmanaged where TOut : unmanaged
    {
        TIn* x = ports->Input<TIn>(0);
        TOut* y = ports->Output<TOut>(0);
        nint move = ports->Moves[0], i = 0;
        if (move != 0 && typeof(TIn) == typeof(float) && typeof(TOut) == typeof(double))
        {
            for (; i <= n - 8; i += 8)
            {
                var (low, high) = Vector256.Widen(Vector256.Load((float*)x + i));
                low.Store((double*)y + i);
                high.Store((double*)y + i + 4);
            }
        }
        else if (move != 0 && typeof(TIn) == typeof(double) && typeof(TOut) == typeof(float))
        {
            for (; i <= n - 8; i += 8)
                Vector256.Narrow(Vector256.Load((double*)x + i), Vector256.Load((double*)x + i + 4)).Store((float*)y + i);
        }
        if (typeof(TOut) == typeof(long) && (typeof(TIn) == typeof(float) || typeof(TIn) == typeof(double)))
        {
            for (nint j = 0; j < n; j++)
            {
                double number = Convert<TIn, double>(x[j & move]);
                if (!(number is >= long.MinValue and < -(double)long.MinValue)) *(bool*)body = true;
            }
        }
        for (; i < n; i++) y[i] = Convert<TIn, TOut>(x[i & move]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut Convert<TIn, TOut>(TIn x) where TIn : unmanaged where TOut : unmanaged
    {
        if (typeof(TIn) == typeof(TOut)) return Unsafe.BitCast<TIn, TOut>(x);
        if (typeof(TIn) == typeof(float)) return FromDouble<TOut>(Unsafe.BitCast<TIn, float>(x));
        if (typeof(TIn) == typeof(double)) return FromDouble<TOut>(Unsafe.BitCast<TIn, double>(x));
        if (typeof(TIn) == typeof(long)) return FromLong<TOut>(Unsafe.BitCast<TIn, long>(x));
        long ones = -(long)(Unsafe.BitCast<TIn, byte>(x) != 0 ? 1 : 0); // the bits of 1, masked: no branch and no conversion to wait for
        if (typeof(TOut) == typeof(float)) return Unsafe.BitCast<int, TOut>((int)ones & BitConverter.SingleToInt32Bits(1));
        if (typeof(TOut) == typeof(double)) return Unsafe.BitCast<long, TOut>(ones & BitConverter.DoubleToInt64Bits(1));
        return Unsafe.BitCast<long, TOut>(ones & 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut FromDouble<TOut>(double x) where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(float)) return Unsafe.BitCast<float, TOut>((float)x);
        if (typeof(TOut) == typeof(double)) return Unsafe.BitCast<double, TOut>(x);
        if (typeof(TOut) == typeof(long)) return Unsafe.BitCast<long, TOut>((long)x);
        return Unsafe.BitCast<bool, TOut>(x != 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TOut FromLong<TOut>(long x) where TOut : unmanaged
    {
        if (typeof(TOut) == typeof(float)) return Unsafe.BitCast<float, TOut>(x);
        if (typeof(TOut) == typeof(double)) return Unsafe.BitCast<double, TOut>(x);
        return Unsafe.BitCast<bool, TOut>(x != 0);
    }
}
