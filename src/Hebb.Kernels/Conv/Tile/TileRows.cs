using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>One row of a register tile: a few registers of lanes that are loaded, added to and stored together.</summary>
/// <remarks>
/// The fields of the structs are registers of their own to the compiler (as long as there are at most four), so that a tile is written
/// once for every number of columns.
/// </remarks>
internal unsafe interface ITileRow<R, V, T> where R : struct, ITileRow<R, V, T> where V : struct, ILane<V, T> where T : unmanaged
{
    /// <summary>The number of registers.</summary>
    static abstract int Columns { get; }

    /// <summary>Register j from from[j·step].</summary>
    static abstract R Load(T* from, nint step);

    /// <summary>Register j to to[j·step].</summary>
    static abstract void Store(T* to, nint step, R row);

    /// <summary>s · b[j] + c[j], rounded once.</summary>
    static abstract R Fma(V s, R b, R c);
}

/// <summary>One register.</summary>
internal unsafe struct Row1<V, T> : ITileRow<Row1<V, T>, V, T> where V : struct, ILane<V, T> where T : unmanaged
{
    private V _a;

    public static int Columns => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row1<V, T> Load(T* from, nint step) => new()
    {
        _a = V.Load(from),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* to, nint step, Row1<V, T> row)
    {
        V.Store(to, row._a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row1<V, T> Fma(V s, Row1<V, T> b, Row1<V, T> c) => new()
    {
        _a = V.Fma(s, b._a, c._a),
    };
}

/// <summary>Two registers.</summary>
internal unsafe struct Row2<V, T> : ITileRow<Row2<V, T>, V, T> where V : struct, ILane<V, T> where T : unmanaged
{
    private V _a, _b;

    public static int Columns => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row2<V, T> Load(T* from, nint step) => new()
    {
        _a = V.Load(from),
        _b = V.Load(from + step),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* to, nint step, Row2<V, T> row)
    {
        V.Store(to, row._a);
        V.Store(to + step, row._b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row2<V, T> Fma(V s, Row2<V, T> b, Row2<V, T> c) => new()
    {
        _a = V.Fma(s, b._a, c._a),
        _b = V.Fma(s, b._b, c._b),
    };
}

/// <summary>Three registers.</summary>
internal unsafe struct Row3<V, T> : ITileRow<Row3<V, T>, V, T> where V : struct, ILane<V, T> where T : unmanaged
{
    private V _a, _b, _c;

    public static int Columns => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row3<V, T> Load(T* from, nint step) => new()
    {
        _a = V.Load(from),
        _b = V.Load(from + step),
        _c = V.Load(from + (2 * step)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* to, nint step, Row3<V, T> row)
    {
        V.Store(to, row._a);
        V.Store(to + step, row._b);
        V.Store(to + (2 * step), row._c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row3<V, T> Fma(V s, Row3<V, T> b, Row3<V, T> c) => new()
    {
        _a = V.Fma(s, b._a, c._a),
        _b = V.Fma(s, b._b, c._b),
        _c = V.Fma(s, b._c, c._c),
    };
}

/// <summary>Four registers.</summary>
internal unsafe struct Row4<V, T> : ITileRow<Row4<V, T>, V, T> where V : struct, ILane<V, T> where T : unmanaged
{
    private V _a, _b, _c, _d;

    public static int Columns => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row4<V, T> Load(T* from, nint step) => new()
    {
        _a = V.Load(from),
        _b = V.Load(from + step),
        _c = V.Load(from + (2 * step)),
        _d = V.Load(from + (3 * step)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* to, nint step, Row4<V, T> row)
    {
        V.Store(to, row._a);
        V.Store(to + step, row._b);
        V.Store(to + (2 * step), row._c);
        V.Store(to + (3 * step), row._d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Row4<V, T> Fma(V s, Row4<V, T> b, Row4<V, T> c) => new()
    {
        _a = V.Fma(s, b._a, c._a),
        _b = V.Fma(s, b._b, c._b),
        _c = V.Fma(s, b._c, c._c),
        _d = V.Fma(s, b._d, c._d),
    };
}
