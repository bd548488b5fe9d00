using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Loss of a class index t: ln Σ e^(x - m) - (x_t - m), and the probabilities if y is not null.</summary>
internal readonly unsafe struct ClassLossBody<T>(int axis, long* classes, long ignored, T* loss) : IColumnBody<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Columns<V>(T* x, T* b, T* y, nint step, int column, int count) where V : struct, ILane<V, T>
    {
        T* numbers = stackalloc T[V.Count];
        V m = Column.Max<V, T>(x, step, axis);
        // The number of the target class before the probabilities may overwrite it; an ignored target counts as certain.
        V.Store(numbers, V.Of(0));
        for (int k = 0; k < count; k++)
            if (classes[column + k] != ignored) numbers[k] = x[((nint)classes[column + k] * step) + k];
        V target = V.Load(numbers) - m;
        V sum = Column.ExpSum(x, y, step, axis, m, out V rest);
        V.Store(numbers, Column.LogSum(sum, rest) - target);
        for (int k = 0; k < count; k++) loss[column + k] = classes[column + k] == ignored ? default : numbers[k];
        if (y != null) Column.Divide(y, step, axis, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row<V>(T* x, T* b, T* y, int column) where V : struct, ILane<V, T>
    {
        V m = Rows.Max<V, T>(x, axis);
        bool counts = classes[column] != ignored;
        V target = counts ? V.Broadcast(x + classes[column]) - m : V.Of(0);
        V sum = Rows.ExpSum(x, y, axis, m, out V rest);
        W1<T>.Store(loss + column, W1<T>.Of(counts ? V.GetLane(Column.LogSum(sum, rest) - target, 0) : 0));
        if (y != null) Rows.Divide(y, axis, sum);
    }
}

/// <summary>
/// dx = (p - [i = t]) g for a class index t; 0 where the target is ignored. For a p above 1/2, p - 1 is taken as the others' sum.
/// </summary>
internal readonly unsafe struct ClassLossGradientBody<T>(int axis, long* classes, long ignored, T* gradient) : IColumnBody<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Columns<V>(T* p, T* b, T* dx, nint step, int column, int count) where V : struct, ILane<V, T>
    {
        T* scales = stackalloc T[V.Count];
        T* keep = stackalloc T[V.Count];
        T* targets = stackalloc T[V.Count];
        V.Store(scales, V.Of(0));
        V.Store(keep, V.Of(0));
        V.Store(targets, V.Of(0));
        for (int k = 0; k < count; k++)
        {
            if (classes[column + k] == ignored) continue;
            scales[k] = gradient[column + k];
            W1<T>.Store(keep + k, W1<T>.Of(1));
            targets[k] = p[((nint)classes[column + k] * step) + k];
        }

        V g = V.Load(scales), kept = V.Load(keep), zero = V.Of(0), half = V.Of(0.5), target = V.Load(targets), others = zero;
        for (nint i = 0; i < axis; i++)
        {
            V share = V.Load(p + (i * step));
            others += V.SelectLess(half, share, zero, share);
            V.Store(dx + (i * step), V.SelectLess(zero, kept, share * g, zero));
        }

        V.Store(targets, V.SelectLess(half, target, -others, target - V.Of(1)) * g);
        for (int k = 0; k < count; k++) if (classes[column + k] != ignored) dx[((nint)classes[column + k] * step) + k] = targets[k];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row<V>(T* p, T* b, T* dx, int column) where V : struct, ILane<V, T>
    {
        if (classes[column] == ignored)
        {
            new Span<T>(dx, axis).Clear();
            return;
        }

        W1<T> g = W1<T>.Load(gradient + column), share = W1<T>.Load(p + classes[column]), target = share - W1<T>.Of(1);
        if (W1<T>.GetLane(share, 0) > 0.5) target = W1<T>.Of(-V.GetLane(Rows.SumOfSmall<V, T>(p, axis), 0));
        Map.Unary(new Times(W1<T>.GetLane(g, 0)), new ReadOnlySpan<T>(p, axis), new Span<T>(dx, axis));
        W1<T>.Store(dx + classes[column], target * g);
    }
}

/// <summary>Loss of target probabilities q: Σ q ln Σ e^(x - m) - Σ q (x - m), and the probabilities if y is not null.</summary>
internal readonly unsafe struct DistributionLossBody<T>(int axis, T* loss) : IColumnBody<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Columns<V>(T* x, T* q, T* y, nint step, int column, int count) where V : struct, ILane<V, T>
    {
        T* numbers = stackalloc T[V.Count];
        V m = Column.Max<V, T>(x, step, axis);
        V mass = V.Of(0), cross = mass;
        for (nint i = 0; i < axis; i++)
        {
            V share = V.Load(q + (i * step));
            mass += share;
            cross = Rows.AddShare(share, V.Load(x + (i * step)) - m, cross);
        }

        V sum = Column.ExpSum(x, y, step, axis, m, out V rest);
        V.Store(numbers, V.Fma(mass, Column.LogSum(sum, rest), -cross));
        for (int k = 0; k < count; k++) loss[column + k] = numbers[k];
        if (y != null) Column.Divide(y, step, axis, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row<V>(T* x, T* q, T* y, int column) where V : struct, ILane<V, T>
    {
        V m = Rows.Max<V, T>(x, axis);
        V mass = Rows.Dot<V, T>(q, null, axis), cross = Rows.DotOfDifference(q, x, axis, m);
        V sum = Rows.ExpSum(x, y, axis, m, out V rest);
        W1<T>.Store(loss + column, W1<T>.Of(V.GetLane(V.Fma(mass, Column.LogSum(sum, rest), -cross), 0)));
        if (y != null) Rows.Divide(y, axis, sum);
    }
}

/// <summary>dx = (p Σ q - q) g</summary>
internal readonly unsafe struct DistributionLossGradientBody<T>(int axis, T* gradient) : IColumnBody<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Columns<V>(T* p, T* q, T* dx, nint step, int column, int count) where V : struct, ILane<V, T>
    {
        T* scales = stackalloc T[V.Count];
        V.Store(scales, V.Of(0));
        for (int k = 0; k < count; k++) scales[k] = gradient[column + k];
        V g = V.Load(scales), mass = Column.Dot<V, T>(q, null, step, axis);
        for (nint i = 0; i < axis; i++)
            V.Store(dx + (i * step), V.Fma(V.Load(p + (i * step)), mass, -V.Load(q + (i * step))) * g);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row<V>(T* p, T* q, T* dx, int column) where V : struct, ILane<V, T>
    {
        V mass = Rows.Dot<V, T>(q, null, axis);
        Map.Binary(
            new Of(V.GetLane(mass, 0), W1<T>.GetLane(W1<T>.Load(gradient + column), 0)),
            new ReadOnlySpan<T>(p, axis), new ReadOnlySpan<T>(q, axis), new Span<T>(dx, axis));
    }

    private readonly struct Of(double mass, double scale) : IBinaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V p, V q) where V : struct, ILane<V> => V.Fma(p, V.Of(mass), -q) * V.Of(scale);
    }
}
