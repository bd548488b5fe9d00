using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hebb.Kernels;

/// <summary>Lanes of 256 bits: 8 floats or 4 doubles.</summary>
[method: MethodImpl(MethodImplOptions.AggressiveInlining)]
internal readonly struct W256<T>(Vector256<T> v) : ILane<W256<T>, T> where T : unmanaged
{
    private readonly Vector256<T> _v = v;

    public static int Count { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => Vector256<T>.Count; }

    public static bool IsDouble { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => typeof(T) == typeof(double); }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W256<T> F(Vector256<float> v) => new(v.As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W256<T> D(Vector256<double> v) => new(v.As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> Of(double value) => IsDouble ? D(Vector256.Create(value)) : F(Vector256.Create((float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> Of(Coefficient value) => IsDouble ? D(Vector256.Create(value.Double)) : F(Vector256.Create(value.Single));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> operator +(W256<T> a, W256<T> b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> operator -(W256<T> a, W256<T> b) => new(a._v - b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> operator *(W256<T> a, W256<T> b) => new(a._v * b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> operator /(W256<T> a, W256<T> b) => new(a._v / b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> operator -(W256<T> a) => new(-a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> operator &(W256<T> a, W256<T> b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> operator |(W256<T> a, W256<T> b) => new(a._v | b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> operator ^(W256<T> a, W256<T> b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> operator ~(W256<T> a) => new(~a._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> Fma(W256<T> a, W256<T> b, W256<T> c) => IsDouble
        ? D(Vector256.FusedMultiplyAdd(a._v.AsDouble(), b._v.AsDouble(), c._v.AsDouble()))
        : F(Vector256.FusedMultiplyAdd(a._v.AsSingle(), b._v.AsSingle(), c._v.AsSingle()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> Min(W256<T> a, W256<T> b) => new(Vector256.Min(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> Max(W256<T> a, W256<T> b) => new(Vector256.Max(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> Abs(W256<T> a) => new(Vector256.Abs(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> Sqrt(W256<T> a) => new(Vector256.Sqrt(a._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> Round(W256<T> a) => IsDouble
        ? D(Vector256.Round(a._v.AsDouble()))
        : F(Vector256.Round(a._v.AsSingle()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> Floor(W256<T> a) => IsDouble
        ? D(Vector256.Floor(a._v.AsDouble()))
        : F(Vector256.Floor(a._v.AsSingle()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> Less(W256<T> a, W256<T> b) => new(Vector256.LessThan(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> LessOrEqual(W256<T> a, W256<T> b) => new(Vector256.LessThanOrEqual(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> Equal(W256<T> a, W256<T> b) => new(Vector256.Equals(a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> Select(W256<T> mask, W256<T> yes, W256<T> no) => new(Vector256.ConditionalSelect(mask._v, yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> SelectLess(W256<T> a, W256<T> b, W256<T> yes, W256<T> no) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(a._v, b._v), yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> LessOf(W256<T> a, W256<T> b) => new(X86Base.IsSupported
        ? Vector256.MinNative(a._v, b._v)
        : Vector256.ConditionalSelect(Vector256.LessThan(a._v, b._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> GreaterOf(W256<T> a, W256<T> b) => new(X86Base.IsSupported
        ? Vector256.MaxNative(a._v, b._v)
        : Vector256.ConditionalSelect(Vector256.GreaterThan(a._v, b._v), a._v, b._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(W256<T> mask) => Vector256.ExtractMostSignificantBits(mask._v) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> OfBits(long bits) => IsDouble
        ? D(Vector256.Create(bits).AsDouble())
        : F(Vector256.Create((int)bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> AddBits(W256<T> a, W256<T> b) => IsDouble
        ? D((a._v.AsInt64() + b._v.AsInt64()).AsDouble())
        : F((a._v.AsInt32() + b._v.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> SubtractBits(W256<T> a, W256<T> b) => IsDouble
        ? D((a._v.AsInt64() - b._v.AsInt64()).AsDouble())
        : F((a._v.AsInt32() - b._v.AsInt32()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> ShiftRight(W256<T> a, int bits) => IsDouble
        ? D((a._v.AsUInt64() >> bits).AsDouble())
        : F((a._v.AsUInt32() >> bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> ShiftLeft(W256<T> a, int bits) => IsDouble
        ? D((a._v.AsUInt64() << bits).AsDouble())
        : F((a._v.AsUInt32() << bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> ScaleByPower(W256<T> a, W256<T> n)
    {
        if (!Avx512F.VL.IsSupported) return PowerOfTwo.ScaleTwice(a, n);
        return IsDouble
            ? D(Avx512F.VL.Scale(a._v.AsDouble(), n._v.AsDouble()))
            : F(Avx512F.VL.Scale(a._v.AsSingle(), n._v.AsSingle()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> SplitPower(W256<T> x, out W256<T> significand)
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
    public static double GetLane(W256<T> a, int lane) => IsDouble ? a._v.AsDouble().GetElement(lane) : a._v.AsSingle().GetElement(lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> WithLane(W256<T> a, int lane, double value) => IsDouble
        ? D(a._v.AsDouble().WithElement(lane, value))
        : F(a._v.AsSingle().WithElement(lane, (float)value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W256<T> Load(T* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(T* to, W256<T> value) => value._v.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W256<T> Broadcast(T* from) => new(Vector256.Create(*from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W256<T> LoadEven(T* from) => new(Vector256.Create(
        Unsafe.BitCast<W128<T>, Vector128<T>>(W128<T>.LoadEven(from)),
        Unsafe.BitCast<W128<T>, Vector128<T>>(W128<T>.LoadEven(from + Count))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StoreInterleaved(T* to, W256<T> even, W256<T> odd)
    {
        W128<T>.StoreInterleaved(to, new(even._v.GetLower()), new(odd._v.GetLower()));
        W128<T>.StoreInterleaved(to + Count, new(even._v.GetUpper()), new(odd._v.GetUpper()));
    }
}
