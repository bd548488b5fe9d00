using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>
/// The penalty λ ‖w‖₁ in its proximal form: after the rule, |w| ← max(|w| - η λ, 0), which gives exact zeros (Parikh and Boyd, Proximal
/// Algorithms, 2014). Or as a subgradient: g ← g + λ sign(w), with sign(0) = 0. Weights only, unless asked for.
/// </summary>
/// <param name="Strength">λ, not negative.</param>
public sealed record L1Penalty(double Strength) : IUpdateHook
{
    /// <summary>λ.</summary>
    public double Strength { get; } = Strength >= 0 && double.IsFinite(Strength) ? Strength
        : throw new ArgumentOutOfRangeException(nameof(Strength), $"A penalty of {Strength} was given; give 0 or more.");

    /// <summary>Whether the penalty enters as a subgradient, which leaves weights hovering about zero; false by default.</summary>
    public bool IsSubgradient { get; init; }

    /// <summary>
    /// Whether biases are penalized too (every parameter, whatever its <see cref="Parameter.IsDecayed"/>); false by default.
    /// </summary>
    public bool IncludesBiases { get; init; }

    HookPhases IUpdateHook.Phases => HookPhases.None;

    void IUpdateHook.Change(Parameter parameter, double learningRate, ref UpdateChange change)
    {
        if (!parameter.IsDecayed && !IncludesBiases) return;
        if (IsSubgradient) change.Sign += Strength;
        else change.Shrink += learningRate * Strength;
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(L1Penalty), PrintMembers);
}
