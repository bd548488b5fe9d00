using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hebb.Kernels;

/// <summary>Lanes of 512 bits: 16 floats or 8 doubles.</summary>
internal readonly struct W512<T>(Vector512<T> v) : ILane<W512<T>, T> where T : unmanaged
{
    private readonly Vector512<T> _v = v;

    public static int Count => Vector512<T>.Count;

    public static bool IsDouble => typeof(T) == typeof(double);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W512<T> F(Vector512<float> v) => new(v.As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static W512<T> D(Vector512<double> v) => new(v.As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> Of(double value) => IsDouble ? D(Vector512.Create(value)) : F(Vector512.Create((float)value));

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
    public static W512<T> AddToBits(W512<T> a, W512<T> n) => IsDouble
        ? D((a._v.AsInt64() + Vector512.ConvertToInt64Native(n._v.AsDouble())).AsDouble())
        : F((a._v.AsInt32() + Vector512.ConvertToInt32Native(n._v.AsSingle())).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> ShiftRight(W512<T> a, int bits) => IsDouble
        ? D((a._v.AsInt64() >> bits).AsDouble())
        : F((a._v.AsInt32() >> bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> ShiftLeft(W512<T> a, int bits) => IsDouble
        ? D((a._v.AsInt64() << bits).AsDouble())
        : F((a._v.AsInt32() << bits).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> BitsToNumber(W512<T> a) => IsDouble
        ? D(Vector512.ConvertToDouble(a._v.AsInt64()))
        : F(Vector512.ConvertToSingle(a._v.AsInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static W512<T> NumberToBits(W512<T> a) => IsDouble
        ? D(Vector512.ConvertToInt64Native(a._v.AsDouble()).AsDouble())
        : F(Vector512.ConvertToInt32Native(a._v.AsSingle()).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W512<T> Load(T* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Store(T* to, W512<T> value) => value._v.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe W512<T> Broadcast(T* from) => new(Vector512.Create(*from));
}
