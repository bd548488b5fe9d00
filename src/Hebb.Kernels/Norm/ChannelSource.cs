using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Where a pass over channels finds one number of each element: in an array, computed, or nowhere.</summary>
internal interface IChannelSource<T> where T : unmanaged
{
    /// <summary>A register of numbers from an element on.</summary>
    V At<V>(long element) where V : struct, ILane<V, T>;

    /// <summary>
    /// The first <paramref name="count"/> numbers from an element on, or all that fill a register; behind them are zeros.
    /// <paramref name="mask"/> tells the numbers that count in a register that is not full.
    /// </summary>
    V Some<V>(long element, int count, V mask) where V : struct, ILane<V, T>;
}

/// <summary>Zeros, for functions that do not use the number.</summary>
internal readonly struct NoSource<T> : IChannelSource<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<V>(long element) where V : struct, ILane<V, T> => V.Of(0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Some<V>(long element, int count, V mask) where V : struct, ILane<V, T> => V.Of(0);
}

/// <summary>The numbers of an array of a given length.</summary>
internal readonly unsafe struct ArraySource<T>(T* numbers, long length) : IChannelSource<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<V>(long element) where V : struct, ILane<V, T> => V.Load(numbers + element);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Some<V>(long element, int count, V mask) where V : struct, ILane<V, T> => SomeOr(element, count, mask, V.Of(0));

    /// <summary>As <see cref="Some"/>, with another number than 0 behind those that count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V SomeOr<V>(long element, int count, V mask, V filling) where V : struct, ILane<V, T>
    {
        if (count >= V.Count) return V.Load(numbers + element);
        return element + V.Count <= length ? V.Select(mask, V.Load(numbers + element), filling) : Filled(numbers + element, count, filling);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V Filled<V>(T* from, int count, V filling) where V : struct, ILane<V, T>
    {
        T* register = stackalloc T[V.Count];
        V.Store(register, filling);
        for (int i = 0; i < count; i++) register[i] = from[i];
        return V.Load(register);
    }
}

/// <summary>An expression of the numbers of two arrays, which may be one and the same.</summary>
internal readonly unsafe struct ComputedSource<T, E>(E expression, T* first, T* second, long length) : IChannelSource<T>
    where T : unmanaged where E : struct, ILaneExpression
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V At<V>(long element) where V : struct, ILane<V, T> =>
        new ExpressionPair<E>(expression).Lane(V.Load(first + element), V.Load(second + element));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Some<V>(long element, int count, V mask) where V : struct, ILane<V, T>
    {
        ArraySource<T> a = new(first, length), b = new(second, length);
        V value = new ExpressionPair<E>(expression).Lane(a.Some(element, count, mask), b.Some(element, count, mask));
        return count >= V.Count ? value : V.Select(mask, value, V.Of(0));
    }
}
