using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>
/// m ← β₁ m + (1 - β₁) g; u ← max(β₂ u, |g| + ε); w ← w - η m / ((1 - β₁ᵗ) u): Adam with the largest recent gradient in place of the root
/// mean square (Kingma and Ba, Adam: A Method for Stochastic Optimization, 2015, section 7.1).
/// </summary>
/// <param name="Beta1">β₁, how much of the mean gradient stays; from 0 to below 1, 0.9 by default.</param>
/// <param name="Beta2">β₂, how fast the largest gradient is forgotten; from 0 to below 1, 0.999 by default.</param>
/// <param name="Epsilon">ε, what keeps the quotient finite; 1e-8 by default.</param>
public sealed record Adamax(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : IUpdateRule
{
    /// <summary>What keeps the quotient finite.</summary>
    public double Epsilon { get; } = Argument.Above(Epsilon, 0);

    private static readonly string[] s_moments = ["exp_avg", "exp_inf"];

    /// <summary>β₁, how much of the mean gradient stays.</summary>
    public double Beta1 { get; } = DecayFactor.Checked(Beta1, nameof(Beta1), nameof(Adamax));

    /// <summary>β₂, how fast the largest gradient is forgotten.</summary>
    public double Beta2 { get; } = DecayFactor.Checked(Beta2, nameof(Beta2), nameof(Adamax));

    /// <inheritdoc/>
    public double DefaultLearningRate => 2e-3;

    IReadOnlyList<string> IUpdateRule.StateNames => s_moments;

    IReadOnlyList<double> IUpdateRule.Constants => [Epsilon];

    void IUpdateRule.Apply(in UpdateStep step) =>
        step.Run(new Largest(Beta1, Beta2, step.LearningRate / (1 - Power.Of(Beta1, step.Number)), Epsilon));

    private readonly struct Largest(double beta1, Coefficient beta2, Coefficient rate, Coefficient epsilon) : IUpdateLane
    {
        private readonly Coefficient _kept = beta1, _new = 1 - beta1;

        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            V m = s[0] = V.Of(_kept) * s[0] + V.Of(_new) * g;
            V u = s[1] = V.Max(V.Of(beta2) * s[1], V.Abs(g) + V.Of(epsilon));
            return w - V.Of(rate) * m / u;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(Adamax), PrintMembers);
}
