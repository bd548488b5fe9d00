using System.Globalization;
using System.Runtime.CompilerServices;
using Hebb.Kernels;
using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>
/// w ← w · min(1, Limit / ‖w‖) for the weights w into each neuron (each row of a weight [out, in], each filter of [out, in, kh, kw]) after
/// every update: ‖w‖ ≤ Limit, up to rounding, at any learning rate. Biases do not count (Srebro and Shraibman, 2005; Hinton et al., 2012).
/// </summary>
/// <param name="limit">The largest norm, positive; 3 to 4 is usual.</param>
public sealed class MaxNorm(double limit) : IUpdateHook
{
    private Tensor? _squares;

    /// <summary>The largest norm.</summary>
    public double Limit { get; } = limit > 0 ? limit
        : throw new ArgumentOutOfRangeException(
            nameof(limit), $"A limit of {limit} was given for the norm of weights; give a positive one.");

    /// <summary>How many steps there were.</summary>
    public long Steps { get; private set; }

    /// <summary>At how many steps at least one neuron's weights were scaled.</summary>
    public long Fired { get; private set; }

    /// <summary>Such as <c>MaxNorm { Limit = 1 }</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"MaxNorm {{ Limit = {Limit} }}");

    HookPhases IUpdateHook.Phases => HookPhases.After;

    void IUpdateHook.After(IReadOnlyList<Parameter> parameters)
    {
        bool fires = false;
        for (int i = 0; i < parameters.Count; i++)
        {
            Parameter w = parameters[i];
            if (w.Rank < 2) continue;
            if (_squares is null || _squares.DType != w.DType || _squares.Count < w.Shape[0])
                _squares = Tensor.Zeros([w.Shape[0]], w.DType);
            Reductions.Run<SumOfSquaresLane>(w, ((1u << w.Rank) - 1) & ~1u, _squares);
            bool changed = w.DType == DType.Float32 ? Project(w, _squares.Span<float>()) : Project(w, _squares.Span<double>());
            if (changed) w.Storage.Touch();
            fires |= changed;
            GC.KeepAlive(w);
        }
        Steps++;
        if (fires) Fired++;
    }

    private bool Project<T>(Parameter w, ReadOnlySpan<T> squares) where T : unmanaged
    {
        Span<T> weights = w.Span<T>();
        int rows = w.Shape[0], row = w.Count / Math.Max(1, rows);
        bool changed = false;
        for (int i = 0; i < rows; i++)
        {
            double square = typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(squares[i]) : Unsafe.BitCast<T, double>(squares[i]);
            double norm = double.IsFinite(square) ? Math.Sqrt(square) : EuclideanNorm.Of(w[i]);
            if (!(norm > Limit)) continue;
            Span<T> neuron = weights.Slice(i * row, row);
            Map.Unary(new Times(Limit / norm), neuron, neuron);
            changed = true;
        }
        return changed;
    }

    private readonly struct Times(Coefficient factor) : IUnaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V x) where V : struct, ILane<V> => V.Of(factor) * x;
    }
}
