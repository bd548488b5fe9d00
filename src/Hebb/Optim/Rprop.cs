using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>
/// Each weight has a step of its own, which grows by η⁺ while its gradient keeps its sign and shrinks by η⁻ when the sign changes, and then
/// the weight rests once: w ← w - step · sign(g) (Riedmiller and Braun, A Direct Adaptive Method for Faster Backpropagation Learning, 1993,
/// in the form without weight backtracking). The learning rate is the first step. It is for full batches: noise of small ones turns signs.
/// </summary>
/// <param name="Shrink">η⁻, between 0 and 1; 0.5 by default.</param>
/// <param name="Grow">η⁺, above 1; 1.2 by default.</param>
/// <param name="Least">The smallest step; 1e-6 by default.</param>
/// <param name="Most">The largest step; 50 by default.</param>
public sealed record Rprop(double Shrink = 0.5, double Grow = 1.2, double Least = 1e-6, double Most = 50) : IUpdateRule
{
    /// <summary>The smallest step.</summary>
    public double Least { get; } = Argument.AtLeast(Least, 0);

    /// <summary>The largest step.</summary>
    public double Most { get; } = Argument.AtLeast(Most, Least);

    private static readonly string[] s_steps = ["prev", "step_size"];

    /// <summary>η⁻</summary>
    public double Shrink { get; } = Shrink is > 0 and < 1 ? Shrink
        : throw new ArgumentOutOfRangeException(
            nameof(Shrink), $"A shrinking factor of {Shrink} was given to Rprop; give one between 0 and 1.");

    /// <summary>η⁺</summary>
    public double Grow { get; } = Grow > 1 && double.IsFinite(Grow) ? Grow
        : throw new ArgumentOutOfRangeException(nameof(Grow), $"A growing factor of {Grow} was given to Rprop; give one above 1.");

    /// <inheritdoc/>
    public double DefaultLearningRate => 0.01;

    IReadOnlyList<string> IUpdateRule.StateNames => s_steps;

    void IUpdateRule.Apply(in UpdateStep step) =>
        step.Run(new Resilient(step.Number == 1 ? step.LearningRate : 0, Shrink, Grow, Least, Most));

    private readonly struct Resilient(
        Coefficient first, Coefficient shrink, Coefficient grow, Coefficient least, Coefficient most) : IUpdateLane
    {
        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            V zero = V.Of(0), agreement = g * s[0], hasTurned = V.Less(agreement, zero);
            V size = (s[1] + V.Of(first)) * V.Select(hasTurned, V.Of(shrink), V.Select(V.Less(zero, agreement), V.Of(grow), V.Of(1)));
            V step = s[1] = V.Min(V.Max(size, V.Of(least)), V.Of(most));
            V seen = s[0] = V.Select(hasTurned, zero, g);
            return w - V.Select(V.Less(zero, seen), step, V.Select(V.Less(seen, zero), -step, seen));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(Rprop), PrintMembers);
}
