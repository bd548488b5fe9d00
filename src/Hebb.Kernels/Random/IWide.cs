using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Hebb.Kernels;

/// <summary>Several unsigned 64-bit numbers that one instruction works on.</summary>
internal unsafe interface IWide<U> where U : unmanaged, IWide<U>
{
    /// <summary>How many numbers there are.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every place.</summary>
    static abstract U Of(ulong value);

    static abstract U Load(ulong* from);

    static abstract void Store(ulong* to, U value);

    /// <summary>The product of the lower halves of the numbers.</summary>
    static abstract U Multiply(U a, U b);

    static abstract U operator +(U a, U b);

    static abstract U operator ^(U a, U b);

    static abstract U operator |(U a, U b);

    static abstract U operator &(U a, U b);

    static abstract U operator <<(U a, int bits);

    static abstract U operator >>>(U a, int bits);
}

/// <summary>Eight numbers.</summary>
internal readonly unsafe struct U512(Vector512<ulong> v) : IWide<U512>
{
    private readonly Vector512<ulong> _v = v;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U512 Of(ulong value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U512 Load(ulong* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ulong* to, U512 value) => value._v.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U512 Multiply(U512 a, U512 b) => Avx512F.IsSupported
        ? new(Avx512F.Multiply(a._v.AsUInt32(), b._v.AsUInt32()))
        : new((a._v & Vector512.Create((ulong)uint.MaxValue)) * (b._v & Vector512.Create((ulong)uint.MaxValue)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U512 operator +(U512 a, U512 b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U512 operator ^(U512 a, U512 b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U512 operator |(U512 a, U512 b) => new(a._v | b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U512 operator &(U512 a, U512 b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U512 operator <<(U512 a, int bits) => new(a._v << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U512 operator >>>(U512 a, int bits) => new(a._v >>> bits);
}

/// <summary>Four numbers.</summary>
internal readonly unsafe struct U256(Vector256<ulong> v) : IWide<U256>
{
    private readonly Vector256<ulong> _v = v;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U256 Of(ulong value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U256 Load(ulong* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ulong* to, U256 value) => value._v.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U256 Multiply(U256 a, U256 b) => Avx2.IsSupported
        ? new(Avx2.Multiply(a._v.AsUInt32(), b._v.AsUInt32()))
        : new((a._v & Vector256.Create((ulong)uint.MaxValue)) * (b._v & Vector256.Create((ulong)uint.MaxValue)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U256 operator +(U256 a, U256 b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U256 operator ^(U256 a, U256 b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U256 operator |(U256 a, U256 b) => new(a._v | b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U256 operator &(U256 a, U256 b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U256 operator <<(U256 a, int bits) => new(a._v << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U256 operator >>>(U256 a, int bits) => new(a._v >>> bits);
}

/// <summary>One number, for 128-bit and scalar lanes: there a scalar multiplication costs no more.</summary>
internal readonly unsafe struct U64(ulong v) : IWide<U64>
{
    private readonly ulong _v = v;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U64 Of(ulong value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U64 Load(ulong* from) => new(*from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ulong* to, U64 value) => *to = value._v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U64 Multiply(U64 a, U64 b) => new((ulong)(uint)a._v * (uint)b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U64 operator +(U64 a, U64 b) => new(a._v + b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U64 operator ^(U64 a, U64 b) => new(a._v ^ b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U64 operator |(U64 a, U64 b) => new(a._v | b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U64 operator &(U64 a, U64 b) => new(a._v & b._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U64 operator <<(U64 a, int bits) => new(a._v << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static U64 operator >>>(U64 a, int bits) => new(a._v >>> bits);
}
