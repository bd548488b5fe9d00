using System.Runtime.CompilerServices;
using Hebb.Kernels;
using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>
/// A learning rate for every single weight: w ← w + ρ ∘ Δw, where Δw is what rule, decay and all hooks before this one did to the weights,
/// and ρ has a factor for each. It works with every rule; for whole parameters, <see cref="ParameterGroup.LearningRateFactor"/> does the
/// same without a further pass.
/// </summary>
public sealed class WeightLearningRates : IUpdateHook
{
    private readonly Parameter _parameter;
    private readonly Tensor _factors;
    private Tensor? _before;

    /// <summary>Rates of one parameter's weights.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="factors">
    /// ρ, in the parameter's shape or one that broadcasts to it, such as [out, 1] for the rows of a weight: 1 leaves the rate, 0 freezes.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is negative or not finite.</exception>
    /// <exception cref="ShapeException">The factors do not broadcast to the parameter's shape.</exception>
    public WeightLearningRates(Parameter parameter, Tensor factors)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        ArgumentNullException.ThrowIfNull(factors);
        foreach (double factor in factors.Detach().Cast(DType.Float64).ToArray<double>()) Argument.AtLeast(factor, 0, nameof(factors));
        _parameter = parameter;
        _factors = factors.Detach().Cast(parameter.DType).BroadcastTo(parameter.Shape).Clone();
    }

    void IUpdateHook.Before(IReadOnlyList<Parameter> parameters)
    {
        _before ??= Tensor.Zeros(_parameter.Shape, _parameter.DType);
        if (_parameter.DType == DType.Float32) _parameter.Span<float>().CopyTo(_before.Span<float>());
        else _parameter.Span<double>().CopyTo(_before.Span<double>());
        GC.KeepAlive(_parameter);
    }

    void IUpdateHook.After(IReadOnlyList<Parameter> parameters)
    {
        if (_parameter.DType == DType.Float32) Blend<float>();
        else Blend<double>();
        _parameter.Storage.Touch();
        GC.KeepAlive(_parameter);
    }

    private void Blend<T>() where T : unmanaged
    {
        Tensor w = _parameter;
        Map.Run(new Move(), new Operands<T>().InOut(w.Span<T>()).In(_before!.Span<T>()).In(_factors.Span<T>()));
    }

    private readonly struct Move : ILaneBody
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V>
        {
            V after = io.Load(0), before = io.Load(1), factor = io.Load(2), one = V.Of(1);
            // A factor of 1 leaves the bits of the update.
            io.Store(0, V.Select(V.Equal(factor, one), after, before + factor * (after - before)));
        }
    }
}
