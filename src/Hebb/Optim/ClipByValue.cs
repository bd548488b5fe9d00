using System.Globalization;
using System.Runtime.CompilerServices;
using Hebb.Kernels;
using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>g ← min(max(g, -Limit), Limit), element by element.</summary>
/// <param name="limit">The largest magnitude, positive.</param>
public sealed class ClipByValue(double limit) : IUpdateHook
{
    private readonly Tensor _single = Tensor.Zeros([]), _double = Tensor.Zeros([], DType.Float64);

    /// <summary>The largest magnitude.</summary>
    public double Limit { get; } = limit > 0 ? limit
        : throw new ArgumentOutOfRangeException(
            nameof(limit), $"A limit of {limit} was given for the elements of gradients; give a positive one.");

    /// <summary>The largest magnitude of the last step's gradients before clipping.</summary>
    public double LastLargest { get; private set; }

    /// <summary>How many steps there were.</summary>
    public long Steps { get; private set; }

    /// <summary>At how many steps at least one element was beyond the limit.</summary>
    public long Fired { get; private set; }

    /// <summary>Such as <c>ClipByValue { Limit = 1 }</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ClipByValue {{ Limit = {Limit} }}");

    HookPhases IUpdateHook.Phases => HookPhases.Before;

    void IUpdateHook.Before(IReadOnlyList<Parameter> parameters)
    {
        LastLargest = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            Tensor g = parameters[i].Grad!, largest = g.DType == DType.Float32 ? _single : _double;
            Reductions.Run<LargestMagnitude>(g, (1u << g.Rank) - 1, largest);
            LastLargest = Math.Max(LastLargest, largest.Item());
        }
        Steps++;
        if (LastLargest > Limit) Fired++;
    }

    void IUpdateHook.Change(Parameter parameter, double learningRate, ref UpdateChange change) =>
        change.Limit = Math.Min(change.Limit, Limit);

    private readonly struct LargestMagnitude : IReduceLane<LargestMagnitude>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Start<V>() where V : struct, ILane<V> => V.Of(0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Step<V>(V a, V x) where V : struct, ILane<V> => V.Max(a, V.Abs(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Join<V>(V a, V b) where V : struct, ILane<V> => V.Max(a, b);
    }
}
