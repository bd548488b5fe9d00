using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>A rule's lane between reading (w, states, what the gradient is made of) and writing (w, states).</summary>
internal readonly struct UpdateBody<TLane, G>(TLane lane, G gradient) : ILaneBody
    where TLane : struct, IUpdateLane where G : struct, ILaneExpression
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V>
    {
        V w = io.Load(0), g = gradient.Value<V, TIo>(ref io);
        V s = TLane.StateCount > 0 ? io.Load(1) : V.Of(0), r = TLane.StateCount > 1 ? io.Load(2) : V.Of(0);
        lane.Lane(ref w, g, ref s, ref r);
        io.Store(0, w);
        if (TLane.StateCount > 0) io.Store(1, Subnormals.Flush(s));
        if (TLane.StateCount > 1) io.Store(2, Subnormals.Flush(r));
    }
}

/// <summary>A rule's lane with the changes that hooks asked for before and after it; NaN stays NaN.</summary>
internal readonly struct ChangedUpdateBody<TLane, G>(TLane lane, G gradient, UpdateChange change) : ILaneBody
    where TLane : struct, IUpdateLane where G : struct, ILaneExpression
{
    private readonly Coefficient _scale = change.Scale, _least = -change.Limit, _most = change.Limit, _decay = change.Decay,
        _sign = change.Sign, _fade = change.Fade, _shrink = change.Shrink;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V>
    {
        V w = io.Load(0), g = gradient.Value<V, TIo>(ref io), before = w, zero = V.Of(0), signBit = V.Of(-0.0);
        V s = TLane.StateCount > 0 ? io.Load(1) : zero, r = TLane.StateCount > 1 ? io.Load(2) : zero;
        g = V.GreaterOf(V.Of(_least), V.LessOf(V.Of(_most), V.Of(_scale) * g));
        g = g + V.Of(_decay) * w + V.Select(V.Equal(w, zero), zero, V.Of(_sign) | (w & signBit));
        lane.Lane(ref w, g, ref s, ref r);
        w -= V.Of(_fade) * before;
        w = V.GreaterOf(zero, V.Abs(w) - V.Of(_shrink)) | (w & signBit);
        io.Store(0, w);
        if (TLane.StateCount > 0) io.Store(1, Subnormals.Flush(s));
        if (TLane.StateCount > 1) io.Store(2, Subnormals.Flush(r));
    }
}

/// <summary>Fading averages would reach subnormal numbers, on which processors are slow.</summary>
internal static class Subnormals
{
    /// <summary>Elements below 2⁻¹⁰⁰ become zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Flush<V>(V s) where V : struct, ILane<V> => V.Select(V.Less(V.Abs(s), V.Of(7.888609052210118e-31)), V.Of(0), s);
}
