using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>How an LSTM makes its state h from the output gate o and the cell state c.</summary>
internal interface ILstmOutput
{
    /// <summary>h, and a number that the gradient reads.</summary>
    V Value<V>(V o, V c, out V kept) where V : struct, ILane<V>;

    /// <summary>dL/dc and dL/do from dL/dh.</summary>
    V Gradient<V>(V dh, V o, V c, V kept, out V dout) where V : struct, ILane<V>;
}

/// <summary>h = o tanh c</summary>
internal readonly struct GatedTanh : ILstmOutput
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V o, V c, out V kept) where V : struct, ILane<V> => o * (kept = V.Tanh(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V dh, V o, V c, V kept, out V dout) where V : struct, ILane<V>
    {
        dout = dh * kept;
        return dh * o * V.Fma(-kept, kept, V.Of(1));
    }
}

/// <summary>h = tanh(o c)</summary>
internal readonly struct TanhOfGated : ILstmOutput
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V o, V c, out V kept) where V : struct, ILane<V> => kept = V.Tanh(o * c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V dh, V o, V c, V kept, out V dout) where V : struct, ILane<V>
    {
        V product = dh * V.Fma(-kept, kept, V.Of(1));
        dout = product * c;
        return product * o;
    }
}

/// <summary>h = o σ(c)</summary>
internal readonly struct GatedSigmoid : ILstmOutput
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Value<V>(V o, V c, out V kept) where V : struct, ILane<V> => o * (kept = V.Sigmoid(c));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Gradient<V>(V dh, V o, V c, V kept, out V dout) where V : struct, ILane<V>
    {
        dout = dh * kept;
        return dh * o * (kept * (V.Of(1) - kept));
    }
}
