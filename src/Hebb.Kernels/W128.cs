using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hebb.Kernels;

/// <summary>Lanes of 128 bits: 4 floats or 2 doubles.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct W128<T>(Vector128<T> v) : ILane<W128<T>, T> where T : unmanaged
{
    private readonly Vector128<T> _v = v;

    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Vector128<T>.Count; }

    public static bool IsDouble { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => typeof(T) == typeof(double); }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W128<T> F(Vector128<float> v) => new(v.As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W128<T> D(Vector128<double> v) => new(v.As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> Of(double value) => IsDouble ? D(Vector128.Create(value)) : F(Vector128.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> Of(Coefficient value) => IsDouble ? D(Vector128.Create(value.Double)) : F(Vector128.Create(value.Single));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> operator +(W128<T> a, W128<T> b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> operator -(W128<T> a, W128<T> b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> operator *(W128<T> a, W128<T> b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> operator /(W128<T> a, W128<T> b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> operator -(W128<T> a) => new(-a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> operator &(W128<T> a, W128<T> b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> operator |(W128<T> a, W128<T> b) => new(a._v | b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> operator ^(W128<T> a, W128<T> b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> operator ~(W128<T> a) => new(~a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> Fma(W128<T> a, W128<T> b, W128<T> c) => IsDouble
        ? D(Vector128.FusedMultiplyAdd(a._v.AsDouble(), b._v.AsDouble(), c._v.AsDouble()))
        : F(Vector128.FusedMultiplyAdd(a._v.AsSingle(), b._v.AsSingle(), c._v.AsSingle()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> Min(W128<T> a, W128<T> b) => new(Vector128.Min(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> Max(W128<T> a, W128<T> b) => new(Vector128.Max(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> Abs(W128<T> a) => new(Vector128.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> Sqrt(W128<T> a) => new(Vector128.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> Round(W128<T> a) => IsDouble
        ? D(Vector128.Round(a._v.AsDouble()))
        : F(Vector128.Round(a._v.AsSingle()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> Floor(W128<T> a) => IsDouble
        ? D(Vector128.Floor(a._v.AsDouble()))
        : F(Vector128.Floor(a._v.AsSingle()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> Less(W128<T> a, W128<T> b) => new(Vector128.LessThan(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> LessOrEqual(W128<T> a, W128<T> b) => new(Vector128.LessThanOrEqual(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> Equal(W128<T> a, W128<T> b) => new(Vector128.Equals(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> Select(W128<T> mask, W128<T> yes, W128<T> no) => new(Vector128.ConditionalSelect(mask._v, yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> SelectLess(W128<T> a, W128<T> b, W128<T> yes, W128<T> no) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(a._v, b._v), yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> LessOf(W128<T> a, W128<T> b) => new(X86Base.IsSupported
        ? Vector128.MinNative(a._v, b._v)
        : Vector128.ConditionalSelect(Vector128.LessThan(a._v, b._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> GreaterOf(W128<T> a, W128<T> b) => new(X86Base.IsSupported
        ? Vector128.MaxNative(a._v, b._v)
        : Vector128.ConditionalSelect(Vector128.GreaterThan(a._v, b._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(W128<T> mask) => Vector128.ExtractMostSignificantBits(mask._v) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> OfBits(long bits) => IsDouble
        ? D(Vector128.Create(bits).AsDouble())
        : F(Vector128.Create((int)bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> AddBits(W128<T> a, W128<T> b) => IsDouble
        ? D((a._v.AsInt64() + b._v.AsInt64()).AsDouble())
        : F((a._v.AsInt32() + b._v.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> SubtractBits(W128<T> a, W128<T> b) => IsDouble
        ? D((a._v.AsInt64() - b._v.AsInt64()).AsDouble())
        : F((a._v.AsInt32() - b._v.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> ShiftRight(W128<T> a, int bits) => IsDouble
        ? D((a._v.AsUInt64() >> bits).AsDouble())
        : F((a._v.AsUInt32() >> bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> ShiftLeft(W128<T> a, int bits) => IsDouble
        ? D((a._v.AsUInt64() << bits).AsDouble())
        : F((a._v.AsUInt32() << bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> ScaleByPower(W128<T> a, W128<T> n)
    {
        if (!Avx512F.VL.IsSupported) return PowerOfTwo.ScaleTwice(a, n);
        return IsDouble
            ? D(Avx512F.VL.Scale(a._v.AsDouble(), n._v.AsDouble()))
            : F(Avx512F.VL.Scale(a._v.AsSingle(), n._v.AsSingle()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> SplitPower(W128<T> x, out W128<T> significand)
    {
        if (!Avx512F.VL.IsSupported) return PowerOfTwo.SplitBits(x, out significand);
        // The control byte asks for [3/4, 3/2), for NaN where x is negative and for 1 where it is -0.
        const byte threeQuarters = 0b1111;
        if (IsDouble)
        {
            significand = D(Avx512F.VL.GetMantissa(x._v.AsDouble(), threeQuarters));
            return PowerOfTwo.CountHalving(D(Avx512F.VL.GetExponent(x._v.AsDouble())), significand);
        }

        significand = F(Avx512F.VL.GetMantissa(x._v.AsSingle(), threeQuarters));
        return PowerOfTwo.CountHalving(F(Avx512F.VL.GetExponent(x._v.AsSingle())), significand);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double GetLane(W128<T> a, int lane) => IsDouble ? a._v.AsDouble().GetElement(lane) : a._v.AsSingle().GetElement(lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W128<T> WithLane(W128<T> a, int lane, double value) => IsDouble
        ? D(a._v.AsDouble().WithElement(lane, value))
        : F(a._v.AsSingle().WithElement(lane, (float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W128<T> Load(T* from) => new(Vector128.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(T* to, W128<T> value) => value._v.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W128<T> Broadcast(T* from) => new(Vector128.Create(*from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W128<T> LoadEven(T* from)
    {
        if (IsDouble) return D(Vector128.Create(((double*)from)[0], ((double*)from)[2]));
        // The second register begins one number early, so as not to read behind the last.
        return Sse.IsSupported
            ? F(Sse.Shuffle(Vector128.Load((float*)from), Vector128.Load((float*)from + 3), 0b11_01_10_00))
            : F(Vector128.Create(((float*)from)[0], ((float*)from)[2], ((float*)from)[4], ((float*)from)[6]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreInterleaved(T* to, W128<T> even, W128<T> odd)
    {
        if (Sse2.IsSupported)
        {
            Store(to, IsDouble
                ? D(Sse2.UnpackLow(even._v.AsDouble(), odd._v.AsDouble()))
                : F(Sse.UnpackLow(even._v.AsSingle(), odd._v.AsSingle())));
            Store(to + Count, IsDouble
                ? D(Sse2.UnpackHigh(even._v.AsDouble(), odd._v.AsDouble()))
                : F(Sse.UnpackHigh(even._v.AsSingle(), odd._v.AsSingle())));
            return;
        }
        for (int i = 0; i < Count; i++) (to[2 * i], to[(2 * i) + 1]) = (even._v.GetElement(i), odd._v.GetElement(i));
    }
}
