using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

public static unsafe partial class Map
{
    /// <summary>
    /// y = x converted between float, double, long and bool. A number that does not fit the new type's precision is rounded to the nearest
    /// (halves to even); a float or double becomes a long by cutting its fraction off, where NaN gives 0 and what lies outside the range
    /// its nearest end; a bool is 1 or 0, and every number but 0, NaN too, is true.
    /// </summary>
    /// <typeparam name="TIn">float, double, long or bool.</typeparam>
    /// <typeparam name="TOut">float, double, long or bool.</typeparam>
    /// <param name="loop">The loop over x and y.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The output.</param>
    /// <exception cref="ArgumentException">An array is shorter than the loop reaches, or the loop is over other operands.</exception>
    /// <exception cref="NotSupportedException">There is no conversion between these types.</exception>
    public static void Cast<TIn, TOut>(in Loop loop, ReadOnlySpan<TIn> x, Span<TOut> y) where TIn : unmanaged where TOut : unmanaged
    {
        Convertible<TIn>();
        Convertible<TOut>();
        ScalarMap.Unary(default(Conversion<TIn, TOut>), loop, x, y);
    }

    private static void Convertible<T>()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double) && typeof(T) != typeof(long) && typeof(T) != typeof(bool))
            throw new NotSupportedException($"There is no conversion from or to {typeof(T).Name}; use float, double, long or bool.");
    }

    private readonly struct Conversion<TIn, TOut> : IScalarUnary<TIn, TOut> where TIn : unmanaged where TOut : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TOut Apply(TIn x)
        {
            if (typeof(TIn) == typeof(TOut)) return (TOut)(object)x;
            if (typeof(TIn) == typeof(float)) return FromDouble((float)(object)x);
            if (typeof(TIn) == typeof(double)) return FromDouble((double)(object)x);
            return FromLong(typeof(TIn) == typeof(long) ? (long)(object)x : (bool)(object)x ? 1 : 0);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TOut FromDouble(double x)
        {
            if (typeof(TOut) == typeof(float)) return (TOut)(object)(float)x;
            if (typeof(TOut) == typeof(double)) return (TOut)(object)x;
            if (typeof(TOut) == typeof(long)) return (TOut)(object)(long)x;
            return (TOut)(object)(x != 0);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TOut FromLong(long x)
        {
            if (typeof(TOut) == typeof(float)) return (TOut)(object)(float)x;
            if (typeof(TOut) == typeof(double)) return (TOut)(object)(double)x;
            if (typeof(TOut) == typeof(long)) return (TOut)(object)x;
            return (TOut)(object)(x != 0);
        }
    }
}
