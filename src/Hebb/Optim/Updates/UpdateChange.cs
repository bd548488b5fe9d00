namespace Hebb.Optim;

/// <summary>
/// What hooks do to one parameter on the way of an update, in this order: g ← clamp(Scale g, ±Limit); g ← g + Decay w + Sign sign(w); the
/// rule moves w; w ← w - Fade w₀ (w₀ before the rule); |w| ← max(|w| - Shrink, 0). It happens inside the rule's one pass over memory.
/// </summary>
public record struct UpdateChange
{
    /// <summary>No change.</summary>
    public UpdateChange() { }

    /// <summary>What the gradient is multiplied by; 1 by default.</summary>
    public double Scale { get; set; } = 1;

    /// <summary>The largest magnitude of an element of the gradient; infinite by default.</summary>
    public double Limit { get; set; } = double.PositiveInfinity;

    /// <summary>How much of the weight is added to its gradient; 0 by default.</summary>
    public double Decay { get; set; }

    /// <summary>How much of the weight's sign (0 at 0) is added to its gradient; 0 by default.</summary>
    public double Sign { get; set; }

    /// <summary>Which part of the weight is taken away beside the rule; 0 by default.</summary>
    public double Fade { get; set; }

    /// <summary>How much the weight's magnitude shrinks after the rule, not below 0; 0 by default.</summary>
    public double Shrink { get; set; }

    /// <summary>Whether nothing is changed.</summary>
    public readonly bool IsNone => this == new UpdateChange();

    /// <summary>Refuses numbers beyond a type, which as infinities would make NaN of zeros.</summary>
    internal readonly void Require(DType type)
    {
        foreach (double number in (ReadOnlySpan<double>)[Scale, Decay, Sign, Fade, Shrink]) ElementTypes.Require(number, type);
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(UpdateChange), PrintMembers);
}
