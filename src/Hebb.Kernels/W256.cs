using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hebb.Kernels;

/// <summary>Lanes of 256 bits: 8 floats or 4 doubles.</summary>
internal readonly struct W256<T>(Vector256<T> v) : ILane<W256<T>, T> where T : unmanaged
{
    private readonly Vector256<T> _v = v;

    public static int Count => Vector256<T>.Count;

    public static bool IsDouble => typeof(T) == typeof(double);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W256<T> F(Vector256<float> v) => new(v.As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W256<T> D(Vector256<double> v) => new(v.As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> Of(double value) => IsDouble ? D(Vector256.Create(value)) : F(Vector256.Create((float)value));

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
    public static W256<T> AddToBits(W256<T> a, W256<T> n) => IsDouble
        ? D((a._v.AsInt64() + Vector256.ConvertToInt64Native(n._v.AsDouble())).AsDouble())
        : F((a._v.AsInt32() + Vector256.ConvertToInt32Native(n._v.AsSingle())).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> ShiftRight(W256<T> a, int bits) => IsDouble
        ? D((a._v.AsInt64() >> bits).AsDouble())
        : F((a._v.AsInt32() >> bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> ShiftLeft(W256<T> a, int bits) => IsDouble
        ? D((a._v.AsInt64() << bits).AsDouble())
        : F((a._v.AsInt32() << bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> BitsToNumber(W256<T> a) => IsDouble
        ? D(Vector256.ConvertToDouble(a._v.AsInt64()))
        : F(Vector256.ConvertToSingle(a._v.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W256<T> NumberToBits(W256<T> a) => IsDouble
        ? D(Vector256.ConvertToInt64Native(a._v.AsDouble()).AsDouble())
        : F(Vector256.ConvertToInt32Native(a._v.AsSingle()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W256<T> Load(T* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(T* to, W256<T> value) => value._v.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W256<T> Broadcast(T* from) => new(Vector256.Create(*from));
}
