using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>
/// w ← w - η sign(β₁ m + (1 - β₁) g); m ← β₂ m + (1 - β₂) g, with sign(0) = 0: every weight moves by the rate (Chen et al., Symbolic
/// Discovery of Optimization Algorithms, 2023). Rates are three to ten times smaller than Adam's, and decoupled decay as many times larger.
/// </summary>
/// <param name="Beta1">β₁, how much of the mean gradient enters the direction; from 0 to below 1, 0.9 by default.</param>
/// <param name="Beta2">β₂, how much of the mean gradient stays; from 0 to below 1, 0.99 by default.</param>
public sealed record Lion(double Beta1 = 0.9, double Beta2 = 0.99) : IUpdateRule
{
    private static readonly string[] s_mean = ["exp_avg"];

    /// <summary>β₁, how much of the mean gradient enters the direction.</summary>
    public double Beta1 { get; } = DecayFactor.Checked(Beta1, nameof(Beta1), nameof(Lion));

    /// <summary>β₂, how much of the mean gradient stays.</summary>
    public double Beta2 { get; } = DecayFactor.Checked(Beta2, nameof(Beta2), nameof(Lion));

    /// <inheritdoc/>
    public double DefaultLearningRate => 1e-4;

    IReadOnlyList<string> IUpdateRule.StateNames => s_mean;

    void IUpdateRule.Apply(in UpdateStep step) => step.Run(new Signs(Beta1, Beta2, step.LearningRate));

    private readonly struct Signs(double beta1, double beta2, Coefficient rate) : IUpdateLane
    {
        private readonly Coefficient _kept1 = beta1, _new1 = 1 - beta1, _kept2 = beta2, _new2 = 1 - beta2;

        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            V direction = V.Of(_kept1) * s[0] + V.Of(_new1) * g, zero = V.Of(0);
            // What is neither above nor below zero is zero or NaN, and stays so.
            V step = V.Select(V.Less(zero, direction), V.Of(rate), V.Select(V.Less(direction, zero), -V.Of(rate), direction));
            s[0] = V.Of(_kept2) * s[0] + V.Of(_new2) * g;
            return w - step;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(Lion), PrintMembers);
}
