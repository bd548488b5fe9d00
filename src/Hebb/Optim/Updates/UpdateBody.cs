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
        UpdateStates<V> states = new(TLane.StateCount);
        states.Load(ref io);
        io.Store(0, lane.Lane(w, g, ref states));
        states.Store(ref io);
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
        V before = io.Load(0), g = gradient.Value<V, TIo>(ref io), zero = V.Of(0), signBit = V.Of(-0.0);
        g = V.GreaterOf(V.Of(_least), V.LessOf(V.Of(_most), V.Of(_scale) * g));
        g = g + V.Of(_decay) * before + V.Select(V.Equal(before, zero), zero, V.Of(_sign) | (before & signBit));
        UpdateStates<V> states = new(TLane.StateCount);
        states.Load(ref io);
        V w = lane.Lane(before, g, ref states);
        w -= V.Of(_fade) * before;
        w = V.GreaterOf(zero, V.Abs(w) - V.Of(_shrink)) | (w & signBit);
        io.Store(0, w);
        states.Store(ref io);
    }
}
