using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Where the stacks of a pool lie, and what target pixels of one kind read.</summary>
internal unsafe struct PoolPlace<T> where T : unmanaged
{
    /// <summary>The source, and the winners that belong to it where the source is a gradient of outputs.</summary>
    public T* From, FromWinners;

    /// <summary>The target, and the winners that belong to it where the target is an output.</summary>
    public T* To, ToWinners;

    /// <summary>Offsets into the source from what a pixel reads first, and which element of the window each is.</summary>
    public int* Offsets, Elements;
    public int Taps;

    /// <summary>By what each tap's number, or the whole sum, is divided in averaging: one number each, or one for each lane.</summary>
    public T* Divisors;

    /// <summary>How far the numbers of neighbouring lanes lie apart, in the source and in the target.</summary>
    public int FromStep, ToStep;

    /// <summary>
    /// Where the target's numbers between those of the lanes may be written again, as they are, to write whole registers: 1 behind
    /// each, -1 before each, 0 nowhere.
    /// </summary>
    public int ToBeside;
}

/// <summary>What pooling does to one register of lanes: of one pixel, or of neighbouring pixels.</summary>
internal unsafe interface IPoolKind
{
    /// <summary>Reads the source around <paramref name="from"/> and writes the target at <paramref name="to"/>.</summary>
    static abstract void Pixel<V, T, S>(in PoolPlace<T> at, nint from, nint to)
        where V : struct, ILane<V, T> where T : unmanaged where S : struct, IPoolLanes;
}

/// <summary>The largest of the window, the first among equals; NaN when there is one.</summary>
internal readonly unsafe struct MaxKind : IPoolKind
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pixel<V, T, S>(in PoolPlace<T> at, nint from, nint to)
        where V : struct, ILane<V, T> where T : unmanaged where S : struct, IPoolLanes
    {
        V best = V.Of(double.NegativeInfinity);
        for (int t = 0; t < at.Taps; t++) best = Larger(S.Load<V, T>(at.From + from + at.Offsets[t], at.FromStep), best);
        S.Store(at.To + to, best, at);
    }

    /// <summary>The larger number, the earlier among equals; NaN when there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Larger<V>(V x, V best) where V : struct, ILane<V> => V.Select(MaxWinnerKind.Beats(x, best), x, best);
}

/// <summary>The largest of the window and which element it is, as a number.</summary>
internal readonly unsafe struct MaxWinnerKind : IPoolKind
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Beats<V>(V x, V best) where V : struct, ILane<V> => ~V.LessOrEqual(x, best) & V.Equal(best, best);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pixel<V, T, S>(in PoolPlace<T> at, nint from, nint to)
        where V : struct, ILane<V, T> where T : unmanaged where S : struct, IPoolLanes
    {
        V best = V.Of(double.NegativeInfinity), winner = V.Of(at.Taps > 0 ? at.Elements[0] : 0);
        for (int t = 0; t < at.Taps; t++)
        {
            V x = S.Load<V, T>(at.From + from + at.Offsets[t], at.FromStep), beats = Beats(x, best);
            best = V.Select(beats, x, best);
            winner = V.Select(beats, V.Of(at.Elements[t]), winner);
        }
        S.Store(at.To + to, best, at);
        S.Store(at.ToWinners + to, winner, at);
    }
}

/// <summary>The number at the winner's place: max pooling as the linear map that it is once the winners are known.</summary>
internal readonly unsafe struct WinnerKind : IPoolKind
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pixel<V, T, S>(in PoolPlace<T> at, nint from, nint to)
        where V : struct, ILane<V, T> where T : unmanaged where S : struct, IPoolLanes
    {
        V found = V.Of(0), winner = S.Load<V, T>(at.ToWinners + to, at.ToStep);
        for (int t = 0; t < at.Taps; t++)
            found = V.Select(V.Equal(winner, V.Of(at.Elements[t])), S.Load<V, T>(at.From + from + at.Offsets[t], at.FromStep), found);
        S.Store(at.To + to, found, at);
    }
}

/// <summary>The gradient of max pooling: the sum over the windows that this input won.</summary>
internal readonly unsafe struct MaxGradientKind : IPoolKind
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pixel<V, T, S>(in PoolPlace<T> at, nint from, nint to)
        where V : struct, ILane<V, T> where T : unmanaged where S : struct, IPoolLanes
    {
        V sum = V.Of(0);
        for (int t = 0; t < at.Taps; t++)
        {
            V won = V.Equal(S.Load<V, T>(at.FromWinners + from + at.Offsets[t], at.FromStep), V.Of(at.Elements[t]));
            sum += S.Load<V, T>(at.From + from + at.Offsets[t], at.FromStep) & won;
        }
        S.Store(at.To + to, sum, at);
    }
}

/// <summary>The sum of the window, divided.</summary>
internal readonly unsafe struct AverageKind : IPoolKind
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pixel<V, T, S>(in PoolPlace<T> at, nint from, nint to)
        where V : struct, ILane<V, T> where T : unmanaged where S : struct, IPoolLanes
    {
        V sum = at.Taps <= Together ? Sum<V, T, S>(at, from, 0, at.Taps) : LongSum<V, T, S>(at, from);
        S.Store(at.To + to, sum / S.Divisor<V, T>(at.Divisors, 0), at);
    }

    // So many numbers are added in a row; more would lose digits of a sum that has grown large.
    private const int Together = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Sum<V, T, S>(in PoolPlace<T> at, nint from, int tap, int end)
        where V : struct, ILane<V, T> where T : unmanaged where S : struct, IPoolLanes
    {
        V sum = V.Of(0);
        for (; tap < end; tap++) sum += S.Load<V, T>(at.From + from + at.Offsets[tap], at.FromStep);
        return sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V LongSum<V, T, S>(in PoolPlace<T> at, nint from)
        where V : struct, ILane<V, T> where T : unmanaged where S : struct, IPoolLanes
    {
        V total = V.Of(0);
        for (int tap = 0; tap < at.Taps;)
        {
            V middle = V.Of(0);
            for (int end = (int)Math.Min(at.Taps, tap + (long)Together * Together); tap < end;)
            {
                int next = Math.Min(end, tap + Together);
                middle += Sum<V, T, S>(at, from, tap, next);
                tap = next;
            }
            total += middle;
        }
        return total;
    }
}

/// <summary>The gradient of averaging: the sum over the windows that saw this input, each divided.</summary>
internal readonly unsafe struct AverageGradientKind : IPoolKind
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Pixel<V, T, S>(in PoolPlace<T> at, nint from, nint to)
        where V : struct, ILane<V, T> where T : unmanaged where S : struct, IPoolLanes
    {
        V sum = V.Of(0);
        for (int t = 0; t < at.Taps; t++)
            sum += S.Load<V, T>(at.From + from + at.Offsets[t], at.FromStep) / S.Divisor<V, T>(at.Divisors, t);
        S.Store(at.To + to, sum, at);
    }
}
