using System.Runtime.CompilerServices;
using Hebb.Kernels;
using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>
/// A running average of the weights along their path, which often generalizes better than the last point: exponential, a ← d a + (1 - d) w,
/// divided by 1 - dᵗ so that the weights of past points sum to 1 (Polyak and Juditsky, 1992), or the plain mean of every so many points
/// (Izmailov et al., Averaging Weights Leads to Wider Optima and Better Generalization, 2018). It is a hook of the optimizer;
/// <see cref="Use"/> puts the average in the weights' place:
/// <code>
/// WeightAverage average = WeightAverage.Exponential(0.999);
/// Optimizer optimizer = new(net, new Adam()) { Hooks = { average } };
/// ... using (average.Use()) Evaluate(net);
/// </code>
/// Running statistics of batch normalization are not averaged: run some training batches through
/// the averaged net in training mode before its use. Averages are not saved with the optimizer. Optimizers and groups may share one: each
/// parameter counts its own updates.
/// </summary>
public sealed class WeightAverage : IUpdateHook
{
    private readonly OrderedDictionary<Parameter, Track> _tracks = [];
    private readonly double _decay;
    private readonly long _start, _period;
    private bool _isInUse;

    private WeightAverage(double decay, long start, long period) => (_decay, _start, _period) = (decay, start, period);

    /// <summary>How many updates there were, of the parameter that had most.</summary>
    public long Steps { get; private set; }

    /// <summary>How many points are in the average, of the parameter that has most.</summary>
    public long Points { get; private set; }

    private bool IsExponential => _decay > 0;

    /// <summary>An exponential average: the point k updates ago weighs (1 - d) dᵏ, over the sum of all.</summary>
    /// <param name="decay">d, between 0 and 1; 0.999 by default, which looks back about 1000 updates.</param>
    public static WeightAverage Exponential(double decay = 0.999) => decay is > 0 and < 1
        ? new(decay, 0, 1)
        : throw new ArgumentOutOfRangeException(
            nameof(decay), $"A decay of {decay} was given to an average of weights; give one between 0 and 1.");

    /// <summary>
    /// The plain mean of the points after update <paramref name="start"/> + 1, and then every <paramref name="period"/> updates.
    /// </summary>
    /// <param name="start">Updates before the first point, such as three quarters of all.</param>
    /// <param name="period">Updates from one point to the next, such as those of an epoch; 1 by default.</param>
    public static WeightAverage Stochastic(long start = 0, long period = 1)
    {
        Argument.AtLeast(start, 0);
        Argument.Above(period, 0);
        return new(0, start, period);
    }

    /// <summary>
    /// Puts the averages in the place of the weights until it is disposed. A step of the optimizer meanwhile is refused, since it would
    /// move the averages and be lost.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// No point has been averaged, or the averages are in the weights' place already.
    /// </exception>
    public IDisposable Use() => new Exchange(this);

    /// <summary>Copies the averages into the weights for good.</summary>
    /// <exception cref="InvalidOperationException">
    /// No point has been averaged, or the averages are in the weights' place already.
    /// </exception>
    public void Apply()
    {
        if (Points == 0)
            throw new InvalidOperationException($"An average of weights was used after {Steps} updates, before its first point; "
                + "add it to the optimizer's hooks and train on.");
        RequireUnused("was to be put there again");
        using (new NoGrad())
        {
            foreach ((Parameter parameter, Track track) in _tracks)
            {
                if (track.Mean is { } mean) parameter.Assign(IsExponential ? mean / (1 - Power.Of(_decay, track.Points)) : mean);
            }
        }
    }

    HookPhases IUpdateHook.Phases => HookPhases.After;

    void IUpdateHook.Change(Parameter parameter, double learningRate, ref UpdateChange change) =>
        RequireUnused("a training step was to move them");

    void IUpdateHook.After(IReadOnlyList<Parameter> parameters)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            Parameter w = parameters[i];
            if (!_tracks.TryGetValue(w, out Track? track)) _tracks.Add(w, track = new Track());
            // Each parameter counts its own updates: optimizers and groups may share an average.
            long since = track.Steps++ - _start;
            Steps = Math.Max(Steps, track.Steps);
            if (since < 0 || since % _period != 0) continue;
            Points = Math.Max(Points, ++track.Points);
            Tensor mean = track.Mean ??= Tensor.Zeros(w.Shape, w.DType);
            double added = IsExponential ? 1 - _decay : 1.0 / track.Points;
            Blend blend = new(1 - added, added);
            if (w.DType == DType.Float32) Map.Binary(blend, mean.Span<float>(), w.Span<float>(), mean.Span<float>());
            else Map.Binary(blend, mean.Span<double>(), w.Span<double>(), mean.Span<double>());
            GC.KeepAlive(w);
        }
    }

    private void RequireUnused(string what)
    {
        if (_isInUse)
            throw new InvalidOperationException(
                $"An average stands in the place of the weights, and {what}; dispose what Use returned first.");
    }

    /// <summary>The path of one parameter and the average of its points, if there were any.</summary>
    private sealed class Track
    {
        public Tensor? Mean { get; set; }

        public long Steps { get; set; }

        public long Points { get; set; }
    }

    private readonly struct Blend(Coefficient kept, Coefficient added) : IBinaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V a, V b) where V : struct, ILane<V> => V.Of(kept) * a + V.Of(added) * b;
    }

    private sealed class Exchange : IDisposable
    {
        private readonly WeightAverage _average;
        private readonly (Parameter Parameter, Tensor Value)[] _trained;
        private bool _isOver;

        public Exchange(WeightAverage average)
        {
            _average = average;
            _trained = [.. average._tracks.Keys.Select(parameter => (parameter, parameter.Detach().Clone()))];
            average.Apply();
            average._isInUse = true;
        }

        public void Dispose()
        {
            if (_isOver) return;
            _isOver = true;
            _average._isInUse = false;
            using NoGrad none = new();
            foreach ((Parameter parameter, Tensor value) in _trained) parameter.Assign(value);
        }
    }
}
