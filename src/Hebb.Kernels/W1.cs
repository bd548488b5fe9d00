using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>A single lane: one float or one double, computed with scalar instructions.</summary>
internal readonly struct W1<T>(T v) : ILane<W1<T>, T> where T : unmanaged
{
    private readonly T _v = v;

    public static int Count => 1;

    public static bool IsDouble => typeof(T) == typeof(double);

    private float Single { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Unsafe.BitCast<T, float>(_v); }

    private double Double { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Unsafe.BitCast<T, double>(_v); }

    private int Int { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Unsafe.BitCast<T, int>(_v); }

    private long Long { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Unsafe.BitCast<T, long>(_v); }

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
    public static W1<T> operator +(W1<T> a, W1<T> b) => IsDouble ? D(a.Double + b.Double) : F(a.Single + b.Single);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator -(W1<T> a, W1<T> b) => IsDouble ? D(a.Double - b.Double) : F(a.Single - b.Single);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator *(W1<T> a, W1<T> b) => IsDouble ? D(a.Double * b.Double) : F(a.Single * b.Single);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator /(W1<T> a, W1<T> b) => IsDouble ? D(a.Double / b.Double) : F(a.Single / b.Single);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator -(W1<T> a) => IsDouble ? D(-a.Double) : F(-a.Single);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator &(W1<T> a, W1<T> b) => IsDouble ? L(a.Long & b.Long) : I(a.Int & b.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator |(W1<T> a, W1<T> b) => IsDouble ? L(a.Long | b.Long) : I(a.Int | b.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator ^(W1<T> a, W1<T> b) => IsDouble ? L(a.Long ^ b.Long) : I(a.Int ^ b.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> operator ~(W1<T> a) => IsDouble ? L(~a.Long) : I(~a.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Fma(W1<T> a, W1<T> b, W1<T> c) => IsDouble
        ? D(Math.FusedMultiplyAdd(a.Double, b.Double, c.Double))
        : F(MathF.FusedMultiplyAdd(a.Single, b.Single, c.Single));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Min(W1<T> a, W1<T> b) => IsDouble ? D(Math.Min(a.Double, b.Double)) : F(MathF.Min(a.Single, b.Single));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Max(W1<T> a, W1<T> b) => IsDouble ? D(Math.Max(a.Double, b.Double)) : F(MathF.Max(a.Single, b.Single));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Abs(W1<T> a) => IsDouble ? D(Math.Abs(a.Double)) : F(MathF.Abs(a.Single));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Sqrt(W1<T> a) => IsDouble ? D(Math.Sqrt(a.Double)) : F(MathF.Sqrt(a.Single));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Round(W1<T> a) => IsDouble ? D(Math.Round(a.Double)) : F(MathF.Round(a.Single));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Floor(W1<T> a) => IsDouble ? D(Math.Floor(a.Double)) : F(MathF.Floor(a.Single));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Less(W1<T> a, W1<T> b) => Mask(IsDouble ? a.Double < b.Double : a.Single < b.Single);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> LessOrEqual(W1<T> a, W1<T> b) => Mask(IsDouble ? a.Double <= b.Double : a.Single <= b.Single);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Equal(W1<T> a, W1<T> b) => Mask(IsDouble ? a.Double == b.Double : a.Single == b.Single);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> Select(W1<T> mask, W1<T> yes, W1<T> no) => (mask & yes) | (~mask & no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> AddToBits(W1<T> a, W1<T> n) => IsDouble
        ? L(a.Long + double.ConvertToIntegerNative<long>(n.Double))
        : I(a.Int + float.ConvertToIntegerNative<int>(n.Single));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> ShiftRight(W1<T> a, int bits) => IsDouble ? L(a.Long >> bits) : I(a.Int >> bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> ShiftLeft(W1<T> a, int bits) => IsDouble ? L(a.Long << bits) : I(a.Int << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> BitsToNumber(W1<T> a) => IsDouble ? D(a.Long) : F(a.Int);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W1<T> NumberToBits(W1<T> a) => IsDouble
        ? L(double.ConvertToIntegerNative<long>(a.Double))
        : I(float.ConvertToIntegerNative<int>(a.Single));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W1<T> Load(T* from) => new(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(T* to, W1<T> value) => *to = value._v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W1<T> Broadcast(T* from) => new(*from);
}
