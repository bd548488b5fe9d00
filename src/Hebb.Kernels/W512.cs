using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hebb.Kernels;

/// <summary>Lanes of 512 bits: 16 floats or 8 doubles.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct W512<T>(Vector512<T> v) : ILane<W512<T>, T> where T : unmanaged
{
    private readonly Vector512<T> _v = v;

    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Vector512<T>.Count; }

    public static bool IsDouble { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => typeof(T) == typeof(double); }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W512<T> F(Vector512<float> v) => new(v.As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W512<T> D(Vector512<double> v) => new(v.As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> Of(double value) => IsDouble ? D(Vector512.Create(value)) : F(Vector512.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> Of(Coefficient value) => IsDouble ? D(Vector512.Create(value.Double)) : F(Vector512.Create(value.Single));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> operator +(W512<T> a, W512<T> b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> operator -(W512<T> a, W512<T> b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> operator *(W512<T> a, W512<T> b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> operator /(W512<T> a, W512<T> b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> operator -(W512<T> a) => new(-a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> operator &(W512<T> a, W512<T> b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> operator |(W512<T> a, W512<T> b) => new(a._v | b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> operator ^(W512<T> a, W512<T> b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> operator ~(W512<T> a) => new(~a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> Fma(W512<T> a, W512<T> b, W512<T> c) => IsDouble
        ? D(Vector512.FusedMultiplyAdd(a._v.AsDouble(), b._v.AsDouble(), c._v.AsDouble()))
        : F(Vector512.FusedMultiplyAdd(a._v.AsSingle(), b._v.AsSingle(), c._v.AsSingle()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> Min(W512<T> a, W512<T> b) => new(Vector512.Min(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> Max(W512<T> a, W512<T> b) => new(Vector512.Max(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> Abs(W512<T> a) => new(Vector512.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> Sqrt(W512<T> a) => new(Vector512.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> Round(W512<T> a) => IsDouble
        ? D(Vector512.Round(a._v.AsDouble()))
        : F(Vector512.Round(a._v.AsSingle()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> Floor(W512<T> a) => IsDouble
        ? D(Vector512.Floor(a._v.AsDouble()))
        : F(Vector512.Floor(a._v.AsSingle()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> Less(W512<T> a, W512<T> b) => new(Vector512.LessThan(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> LessOrEqual(W512<T> a, W512<T> b) => new(Vector512.LessThanOrEqual(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> Equal(W512<T> a, W512<T> b) => new(Vector512.Equals(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> Select(W512<T> mask, W512<T> yes, W512<T> no) => new(Vector512.ConditionalSelect(mask._v, yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> SelectLess(W512<T> a, W512<T> b, W512<T> yes, W512<T> no) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(a._v, b._v), yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> LessOf(W512<T> a, W512<T> b) => new(X86Base.IsSupported
        ? Vector512.MinNative(a._v, b._v)
        : Vector512.ConditionalSelect(Vector512.LessThan(a._v, b._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> GreaterOf(W512<T> a, W512<T> b) => new(X86Base.IsSupported
        ? Vector512.MaxNative(a._v, b._v)
        : Vector512.ConditionalSelect(Vector512.GreaterThan(a._v, b._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(W512<T> mask) => Vector512.ExtractMostSignificantBits(mask._v) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> OfBits(long bits) => IsDouble
        ? D(Vector512.Create(bits).AsDouble())
        : F(Vector512.Create((int)bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> AddBits(W512<T> a, W512<T> b) => IsDouble
        ? D((a._v.AsInt64() + b._v.AsInt64()).AsDouble())
        : F((a._v.AsInt32() + b._v.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> SubtractBits(W512<T> a, W512<T> b) => IsDouble
        ? D((a._v.AsInt64() - b._v.AsInt64()).AsDouble())
        : F((a._v.AsInt32() - b._v.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> ShiftRight(W512<T> a, int bits) => IsDouble
        ? D((a._v.AsUInt64() >> bits).AsDouble())
        : F((a._v.AsUInt32() >> bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> ShiftLeft(W512<T> a, int bits) => IsDouble
        ? D((a._v.AsUInt64() << bits).AsDouble())
        : F((a._v.AsUInt32() << bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> ScaleByPower(W512<T> a, W512<T> n)
    {
        if (!Avx512F.IsSupported) return PowerOfTwo.ScaleTwice(a, n);
        return IsDouble
            ? D(Avx512F.Scale(a._v.AsDouble(), n._v.AsDouble()))
            : F(Avx512F.Scale(a._v.AsSingle(), n._v.AsSingle()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> SplitPower(W512<T> x, out W512<T> significand)
    {
        if (!Avx512F.IsSupported) return PowerOfTwo.SplitBits(x, out significand);
        // The control byte asks for [3/4, 3/2), for NaN where x is negative and for 1 where it is -0.
        const byte threeQuarters = 0b1111;
        if (IsDouble)
        {
            significand = D(Avx512F.GetMantissa(x._v.AsDouble(), threeQuarters));
            return PowerOfTwo.CountHalving(D(Avx512F.GetExponent(x._v.AsDouble())), significand);
        }

        significand = F(Avx512F.GetMantissa(x._v.AsSingle(), threeQuarters));
        return PowerOfTwo.CountHalving(F(Avx512F.GetExponent(x._v.AsSingle())), significand);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double GetLane(W512<T> a, int lane) => IsDouble ? a._v.AsDouble().GetElement(lane) : a._v.AsSingle().GetElement(lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> WithLane(W512<T> a, int lane, double value) => IsDouble
        ? D(a._v.AsDouble().WithElement(lane, value))
        : F(a._v.AsSingle().WithElement(lane, (float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W512<T> Load(T* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(T* to, W512<T> value) => value._v.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W512<T> Broadcast(T* from) => new(Vector512.Create(*from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W512<T> LoadEven(T* from)
    {
        if (!Avx512F.IsSupported)
        {
            return new(Vector512.Create(
                Unsafe.BitCast<W256<T>, Vector256<T>>(W256<T>.LoadEven(from)),
                Unsafe.BitCast<W256<T>, Vector256<T>>(W256<T>.LoadEven(from + Count))));
        }
        // The second register begins one number early, so as not to read behind the last.
        Vector512<T> low = Vector512.Load(from), high = Vector512.Load(from + Count - 1);
        return IsDouble
            ? D(Avx512F.PermuteVar8x64x2(low.AsDouble(), Vector512.Create(0L, 2, 4, 6, 9, 11, 13, 15), high.AsDouble()))
            : F(Avx512F.PermuteVar16x32x2(
                low.AsSingle(), Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 17, 19, 21, 23, 25, 27, 29, 31), high.AsSingle()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreInterleaved(T* to, W512<T> even, W512<T> odd)
    {
        W256<T>.StoreInterleaved(to, new(even._v.GetLower()), new(odd._v.GetLower()));
        W256<T>.StoreInterleaved(to + Count, new(even._v.GetUpper()), new(odd._v.GetUpper()));
    }
}
