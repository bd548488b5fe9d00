using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>y = e^(x - m) / Σ e^(x - m)</summary>
internal readonly unsafe struct SoftmaxBody<T>(int axis) : IColumnBody<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Columns<V>(T* x, T* b, T* y, nint step, int column, int count) where V : struct, ILane<V, T> =>
        Column.Divide(y, step, axis, Column.ExpSum(x, y, step, axis, Column.Max<V, T>(x, step, axis), out _));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row<V>(T* x, T* b, T* y, int column) where V : struct, ILane<V, T> =>
        Rows.Divide(y, axis, Rows.ExpSum(x, y, axis, Rows.Max<V, T>(x, axis), out _));
}

/// <summary>y = x · scale</summary>
internal readonly struct Times(double scale) : IUnaryLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Lane<V>(V x) where V : struct, ILane<V> => x * V.Of(scale);
}

/// <summary>y = (x - m) - ln Σ e^(x - m)</summary>
internal readonly unsafe struct LogSoftmaxBody<T>(int axis) : IColumnBody<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Columns<V>(T* x, T* b, T* y, nint step, int column, int count) where V : struct, ILane<V, T>
    {
        V m = Column.Max<V, T>(x, step, axis);
        V log = Column.LogSum(Column.ExpSum(x, (T*)null, step, axis, m, out V rest), rest);
        for (nint i = 0; i < axis; i++) V.Store(y + (i * step), (V.Load(x + (i * step)) - m) - log);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row<V>(T* x, T* b, T* y, int column) where V : struct, ILane<V, T>
    {
        V m = Rows.Max<V, T>(x, axis);
        V log = Column.LogSum(Rows.ExpSum(x, (T*)null, axis, m, out V rest), rest);
        Map.Unary(new Less(V.GetLane(m, 0), V.GetLane(log, 0)), new ReadOnlySpan<T>(x, axis), new Span<T>(y, axis));
    }

    private readonly struct Less(double m, double log) : IUnaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V x) where V : struct, ILane<V> => (x - V.Of(m)) - V.Of(log);
    }
}

/// <summary>dx = y (dy - Σ y dy)</summary>
internal readonly unsafe struct SoftmaxGradientBody<T>(int axis) : IColumnBody<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Columns<V>(T* y, T* dy, T* dx, nint step, int column, int count) where V : struct, ILane<V, T>
    {
        V dot = Column.Dot<V, T>(y, dy, step, axis);
        for (nint i = 0; i < axis; i++) V.Store(dx + (i * step), V.Load(y + (i * step)) * (V.Load(dy + (i * step)) - dot));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row<V>(T* y, T* dy, T* dx, int column) where V : struct, ILane<V, T>
    {
        V dot = Rows.Dot<V, T>(y, dy, axis);
        Map.Binary(new Of(V.GetLane(dot, 0)), new ReadOnlySpan<T>(y, axis), new ReadOnlySpan<T>(dy, axis), new Span<T>(dx, axis));
    }

    private readonly struct Of(double dot) : IBinaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V y, V dy) where V : struct, ILane<V> => y * (dy - V.Of(dot));
    }
}

/// <summary>dx = dy - e^y Σ dy</summary>
internal readonly unsafe struct LogSoftmaxGradientBody<T>(int axis) : IColumnBody<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Columns<V>(T* y, T* dy, T* dx, nint step, int column, int count) where V : struct, ILane<V, T>
    {
        V sum = Column.Dot<V, T>(dy, null, step, axis);
        for (nint i = 0; i < axis; i++) V.Store(dx + (i * step), V.Fma(-V.Exp(V.Load(y + (i * step))), sum, V.Load(dy + (i * step))));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row<V>(T* y, T* dy, T* dx, int column) where V : struct, ILane<V, T>
    {
        V sum = Rows.Dot<V, T>(dy, null, axis);
        Map.Binary(new Of(V.GetLane(sum, 0)), new ReadOnlySpan<T>(y, axis), new ReadOnlySpan<T>(dy, axis), new Span<T>(dx, axis));
    }

    private readonly struct Of(double sum) : IBinaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V y, V dy) where V : struct, ILane<V> => V.Fma(-V.Exp(y), V.Of(sum), dy);
    }
}
