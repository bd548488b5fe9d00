using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>A single lane: one float or one double, computed with scalar instructions.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct W1<T>(T v) : ILane<W1<T>, T> where T : unmanaged
{
    private readonly T _v = v;

    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1; }

    public static bool IsDouble { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => typeof(T) == typeof(double); }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W1<T> F(float v) => new(Unsafe.BitCast<float, T>(v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W1<T> D(double v) => new(Unsafe.BitCast<double, T>(v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W1<T> I(int v) => new(Unsafe.BitCast<int, T>(v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W1<T> L(long v) => new(Unsafe.BitCast<long, T>(v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W1<T> Mask(bool holds) => IsDouble ? L(holds ? -1L : 0) : I(holds ? -1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Of(double value) => IsDouble ? D(value) : F((float)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Of(Coefficient value) => IsDouble ? D(value.Double) : F(value.Single);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator +(W1<T> a, W1<T> b) => IsDouble
        ? D(Unsafe.BitCast<T, double>(a._v) + Unsafe.BitCast<T, double>(b._v))
        : F(Unsafe.BitCast<T, float>(a._v) + Unsafe.BitCast<T, float>(b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator -(W1<T> a, W1<T> b) => IsDouble
        ? D(Unsafe.BitCast<T, double>(a._v) - Unsafe.BitCast<T, double>(b._v))
        : F(Unsafe.BitCast<T, float>(a._v) - Unsafe.BitCast<T, float>(b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator *(W1<T> a, W1<T> b) => IsDouble
        ? D(Unsafe.BitCast<T, double>(a._v) * Unsafe.BitCast<T, double>(b._v))
        : F(Unsafe.BitCast<T, float>(a._v) * Unsafe.BitCast<T, float>(b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator /(W1<T> a, W1<T> b) => IsDouble
        ? D(Unsafe.BitCast<T, double>(a._v) / Unsafe.BitCast<T, double>(b._v))
        : F(Unsafe.BitCast<T, float>(a._v) / Unsafe.BitCast<T, float>(b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator -(W1<T> a) => IsDouble ? D(-Unsafe.BitCast<T, double>(a._v)) : F(-Unsafe.BitCast<T, float>(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator &(W1<T> a, W1<T> b) => IsDouble
        ? L(Unsafe.BitCast<T, long>(a._v) & Unsafe.BitCast<T, long>(b._v))
        : I(Unsafe.BitCast<T, int>(a._v) & Unsafe.BitCast<T, int>(b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator |(W1<T> a, W1<T> b) => IsDouble
        ? L(Unsafe.BitCast<T, long>(a._v) | Unsafe.BitCast<T, long>(b._v))
        : I(Unsafe.BitCast<T, int>(a._v) | Unsafe.BitCast<T, int>(b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator ^(W1<T> a, W1<T> b) => IsDouble
        ? L(Unsafe.BitCast<T, long>(a._v) ^ Unsafe.BitCast<T, long>(b._v))
        : I(Unsafe.BitCast<T, int>(a._v) ^ Unsafe.BitCast<T, int>(b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator ~(W1<T> a) => IsDouble ? L(~Unsafe.BitCast<T, long>(a._v)) : I(~Unsafe.BitCast<T, int>(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Fma(W1<T> a, W1<T> b, W1<T> c) => IsDouble
        ? D(Math.FusedMultiplyAdd(Unsafe.BitCast<T, double>(a._v), Unsafe.BitCast<T, double>(b._v), Unsafe.BitCast<T, double>(c._v)))
        : F(MathF.FusedMultiplyAdd(Unsafe.BitCast<T, float>(a._v), Unsafe.BitCast<T, float>(b._v), Unsafe.BitCast<T, float>(c._v)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Min(W1<T> a, W1<T> b) => IsDouble
        ? D(Math.Min(Unsafe.BitCast<T, double>(a._v), Unsafe.BitCast<T, double>(b._v)))
        : F(MathF.Min(Unsafe.BitCast<T, float>(a._v), Unsafe.BitCast<T, float>(b._v)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Max(W1<T> a, W1<T> b) => IsDouble
        ? D(Math.Max(Unsafe.BitCast<T, double>(a._v), Unsafe.BitCast<T, double>(b._v)))
        : F(MathF.Max(Unsafe.BitCast<T, float>(a._v), Unsafe.BitCast<T, float>(b._v)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Abs(W1<T> a) =>
        IsDouble ? D(Math.Abs(Unsafe.BitCast<T, double>(a._v))) : F(MathF.Abs(Unsafe.BitCast<T, float>(a._v)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Sqrt(W1<T> a) =>
        IsDouble ? D(Math.Sqrt(Unsafe.BitCast<T, double>(a._v))) : F(MathF.Sqrt(Unsafe.BitCast<T, float>(a._v)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Round(W1<T> a) =>
        IsDouble ? D(Math.Round(Unsafe.BitCast<T, double>(a._v))) : F(MathF.Round(Unsafe.BitCast<T, float>(a._v)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Floor(W1<T> a) =>
        IsDouble ? D(Math.Floor(Unsafe.BitCast<T, double>(a._v))) : F(MathF.Floor(Unsafe.BitCast<T, float>(a._v)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Less(W1<T> a, W1<T> b) => Mask(IsDouble
        ? Unsafe.BitCast<T, double>(a._v) < Unsafe.BitCast<T, double>(b._v)
        : Unsafe.BitCast<T, float>(a._v) < Unsafe.BitCast<T, float>(b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> LessOrEqual(W1<T> a, W1<T> b) => Mask(IsDouble
        ? Unsafe.BitCast<T, double>(a._v) <= Unsafe.BitCast<T, double>(b._v)
        : Unsafe.BitCast<T, float>(a._v) <= Unsafe.BitCast<T, float>(b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Equal(W1<T> a, W1<T> b) => Mask(IsDouble
        ? Unsafe.BitCast<T, double>(a._v) == Unsafe.BitCast<T, double>(b._v)
        : Unsafe.BitCast<T, float>(a._v) == Unsafe.BitCast<T, float>(b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Select(W1<T> mask, W1<T> yes, W1<T> no) => (mask & yes) | (~mask & no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> SelectLess(W1<T> a, W1<T> b, W1<T> yes, W1<T> no) =>
        (IsDouble
            ? Unsafe.BitCast<T, double>(a._v) < Unsafe.BitCast<T, double>(b._v)
            : Unsafe.BitCast<T, float>(a._v) < Unsafe.BitCast<T, float>(b._v)) ? yes : no;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> LessOf(W1<T> a, W1<T> b) =>
        (IsDouble
            ? Unsafe.BitCast<T, double>(a._v) < Unsafe.BitCast<T, double>(b._v)
            : Unsafe.BitCast<T, float>(a._v) < Unsafe.BitCast<T, float>(b._v)) ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> GreaterOf(W1<T> a, W1<T> b) =>
        (IsDouble
            ? Unsafe.BitCast<T, double>(a._v) > Unsafe.BitCast<T, double>(b._v)
            : Unsafe.BitCast<T, float>(a._v) > Unsafe.BitCast<T, float>(b._v)) ? a : b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(W1<T> mask) => IsDouble ? Unsafe.BitCast<T, long>(mask._v) < 0 : Unsafe.BitCast<T, int>(mask._v) < 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> OfBits(long bits) => IsDouble ? L(bits) : I((int)bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> AddBits(W1<T> a, W1<T> b) => IsDouble
        ? L(Unsafe.BitCast<T, long>(a._v) + Unsafe.BitCast<T, long>(b._v))
        : I(Unsafe.BitCast<T, int>(a._v) + Unsafe.BitCast<T, int>(b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> SubtractBits(W1<T> a, W1<T> b) => IsDouble
        ? L(Unsafe.BitCast<T, long>(a._v) - Unsafe.BitCast<T, long>(b._v))
        : I(Unsafe.BitCast<T, int>(a._v) - Unsafe.BitCast<T, int>(b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> ShiftRight(W1<T> a, int bits) =>
        IsDouble ? L(Unsafe.BitCast<T, long>(a._v) >>> bits) : I(Unsafe.BitCast<T, int>(a._v) >>> bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> ShiftLeft(W1<T> a, int bits) =>
        IsDouble ? L(Unsafe.BitCast<T, long>(a._v) << bits) : I(Unsafe.BitCast<T, int>(a._v) << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> ScaleByPower(W1<T> a, W1<T> n) => PowerOfTwo.ScaleTwice(a, n);

    // A call of its own: the compiler stops inlining when a method holds too many scalar operations.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static W1<T> SplitPower(W1<T> x, out W1<T> significand) => PowerOfTwo.SplitBits(x, out significand);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double GetLane(W1<T> a, int lane) => IsDouble ? Unsafe.BitCast<T, double>(a._v) : Unsafe.BitCast<T, float>(a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> WithLane(W1<T> a, int lane, double value) => Of(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W1<T> Load(T* from) => new(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(T* to, W1<T> value) => *to = value._v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W1<T> Broadcast(T* from) => new(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W1<T> LoadEven(T* from) => new(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreInterleaved(T* to, W1<T> even, W1<T> odd)
    {
        to[0] = even._v;
        to[1] = odd._v;
    }
}
