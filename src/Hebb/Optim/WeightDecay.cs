using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>How the decay of weights enters the update.</summary>
public enum WeightDecayForm
{
    /// <summary>g ← g + λ w before the rule: the gradient of the penalty (λ/2) ‖w‖².</summary>
    Coupled,

    /// <summary>
    /// w ← w - η λ w beside the rule, with the learning rate η (Loshchilov and Hutter, Decoupled Weight Decay Regularization, 2019).
    /// </summary>
    Decoupled,

    /// <summary>w ← w - λ w beside the rule, whatever the learning rate.</summary>
    PerStep,
}

/// <summary>
/// Decay of weights: the penalty (λ/2) ‖w‖², whose gradient is λ w. A penalty written α ‖w‖² is λ = 2 α. Biases and the scales and shifts
/// of normalization stay unless asked for.
/// </summary>
/// <param name="Strength">λ, not negative.</param>
/// <param name="Form">Inside the gradient by default.</param>
public sealed record WeightDecay(double Strength, WeightDecayForm Form = WeightDecayForm.Coupled) : IUpdateHook
{
    /// <summary>λ.</summary>
    public double Strength { get; } = Strength >= 0 && double.IsFinite(Strength) ? Strength
        : throw new ArgumentOutOfRangeException(nameof(Strength), $"A decay of {Strength} was given; give 0 or more.");

    /// <summary>Whether biases decay too (every parameter, whatever its <see cref="Parameter.IsDecayed"/>); false by default.</summary>
    public bool IncludesBiases { get; init; }

    /// <summary>Decay from a penalty written α ‖w‖², without the half.</summary>
    public static WeightDecay WithoutHalf(double alpha) => new(2 * alpha);

    HookPhases IUpdateHook.Phases => HookPhases.None;

    void IUpdateHook.Change(Parameter parameter, double learningRate, ref UpdateChange change)
    {
        if (!parameter.IsDecayed && !IncludesBiases) return;
        switch (Form)
        {
            case WeightDecayForm.Coupled: change.Decay += Strength; break;
            case WeightDecayForm.Decoupled: change.Fade += learningRate * Strength; break;
            default: change.Fade += Strength; break;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(WeightDecay), PrintMembers);
}
