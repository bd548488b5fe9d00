using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>y = f(x) as a body.</summary>
internal readonly struct UnaryBody<TOp>(TOp op) : ILaneBody where TOp : struct, IUnaryLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> =>
        io.Store(0, op.Lane(io.Load(0)));
}

/// <summary>y = f(a, b) as a body.</summary>
internal readonly struct BinaryBody<TOp>(TOp op) : ILaneBody where TOp : struct, IBinaryLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> =>
        io.Store(0, op.Lane(io.Load(0), io.Load(1)));
}

/// <summary>y = f(a, b, c) as a body.</summary>
internal readonly struct TernaryBody<TOp>(TOp op) : ILaneBody where TOp : struct, ITernaryLane
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V> =>
        io.Store(0, op.Lane(io.Load(0), io.Load(1), io.Load(2)));
}
