using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>A rule's lane between reading (w, g, states) and writing (w, states).</summary>
internal struct UpdateBody<TLane>(TLane lane) : ILaneBody where TLane : struct, IUpdateLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V>
    {
        V w = io.Load(0), g = io.Load(1);
        V s = TLane.StateCount > 0 ? io.Load(2) : V.Of(0), r = TLane.StateCount > 1 ? io.Load(3) : V.Of(0);
        lane.Lane(ref w, g, ref s, ref r);
        io.Store(0, w);
        if (TLane.StateCount > 0) io.Store(1, Flush(s));
        if (TLane.StateCount > 1) io.Store(2, Flush(r));
    }

    /// <summary>Elements below 2⁻¹⁰⁰ become zero: fading averages would otherwise reach subnormal numbers, on which processors are slow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Flush<V>(V s) where V : struct, ILane<V> => V.Select(V.Less(V.Abs(s), V.Of(7.888609052210118e-31)), V.Of(0), s);
}

/// <summary>A rule's lane with the changes that hooks asked for before and after it. The comparisons are written so that NaN stays NaN.</summary>
internal struct ChangedUpdateBody<TLane>(TLane lane, UpdateChange change) : ILaneBody where TLane : struct, IUpdateLane
{
    private readonly Coefficient _scale = change.Scale, _least = -change.Limit, _most = change.Limit, _decay = change.Decay,
        _sign = change.Sign, _fade = change.Fade, _shrink = change.Shrink;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V>
    {
        V w = io.Load(0), g = io.Load(1), before = w, zero = V.Of(0), signBit = V.Of(-0.0);
        V s = TLane.StateCount > 0 ? io.Load(2) : zero, r = TLane.StateCount > 1 ? io.Load(3) : zero;
        g = V.GreaterOf(V.Of(_least), V.LessOf(V.Of(_most), V.Of(_scale) * g));
        g = g + V.Of(_decay) * w + V.Select(V.Equal(w, zero), zero, V.Of(_sign) | (w & signBit));
        lane.Lane(ref w, g, ref s, ref r);
        w -= V.Of(_fade) * before;
        w = V.GreaterOf(zero, V.Abs(w) - V.Of(_shrink)) | (w & signBit);
        io.Store(0, w);
        if (TLane.StateCount > 0) io.Store(1, UpdateBody<TLane>.Flush(s));
        if (TLane.StateCount > 1) io.Store(2, UpdateBody<TLane>.Flush(r));
    }
}
