using System.Globalization;
using Hebb.Kernels;
using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>
/// g ← g · min(1, Limit / ‖g‖) with ‖g‖ over all gradients together, so that their direction stays (Pascanu, Mikolov and Bengio, 2013).
/// </summary>
/// <param name="limit">The largest norm, positive.</param>
public sealed class ClipByNorm(double limit) : IUpdateHook
{
    private readonly Tensor _single = Tensor.Zeros([]), _double = Tensor.Zeros([], DType.Float64);
    private double _scale = 1;

    /// <summary>The largest norm.</summary>
    public double Limit { get; } = limit > 0 ? limit
        : throw new ArgumentOutOfRangeException(
            nameof(limit), $"A limit of {limit} was given for the norm of gradients; give a positive one.");

    /// <summary>The norm of the last step's gradients before clipping.</summary>
    public double LastNorm { get; private set; }

    /// <summary>How many steps there were.</summary>
    public long Steps { get; private set; }

    /// <summary>At how many steps the norm was above the limit.</summary>
    public long Fired { get; private set; }

    /// <summary>Such as <c>ClipByNorm { Limit = 1 }</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ClipByNorm {{ Limit = {Limit} }}");

    HookPhases IUpdateHook.Phases => HookPhases.Before;

    void IUpdateHook.Before(IReadOnlyList<Parameter> parameters)
    {
        double squares = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            Tensor g = parameters[i].Grad!, sum = g.DType == DType.Float32 ? _single : _double;
            Reductions.Run<SumOfSquaresLane>(g, (1u << g.Rank) - 1, sum);
            squares += sum.Item();
        }
        LastNorm = EuclideanNorm.IsInRange(squares) ? Math.Sqrt(squares)
            : EuclideanNorm.Of(parameters.Select(parameter => parameter.Grad!));
        bool fires = LastNorm > Limit;
        _scale = fires ? Limit / LastNorm : 1;
        Steps++;
        if (fires) Fired++;
    }

    void IUpdateHook.Change(Parameter parameter, double learningRate, ref UpdateChange change) => change.Scale *= _scale;
}
