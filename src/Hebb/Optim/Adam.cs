using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>
/// m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²; w ← w - η m̂ / (√v̂ + ε) with m̂ = m / (1 - β₁ᵗ) and v̂ = v / (1 - β₂ᵗ). Kingma and Ba,
/// Adam: A Method for Stochastic Optimization, 2015. With a decoupled <see cref="WeightDecay"/> it is AdamW (Loshchilov and Hutter 2019).
/// Gradients beyond ±1e19 (1e154 in float64) count as that, so that their squares are finite.
/// </summary>
/// <param name="Beta1">β₁, how much of the mean gradient stays; from 0 to below 1, 0.9 by default.</param>
/// <param name="Beta2">β₂, how much of the mean square stays; from 0 to below 1, 0.999 by default.</param>
/// <param name="Epsilon">ε, what keeps the quotient finite; 1e-8 by default.</param>
public sealed record Adam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : IUpdateRule
{
    /// <summary>What keeps the quotient finite.</summary>
    public double Epsilon { get; } = Argument.Above(Epsilon, 0);

    private static readonly string[] s_moments = ["exp_avg", "exp_avg_sq"];

    /// <summary>β₁, how much of the mean gradient stays.</summary>
    public double Beta1 { get; } = DecayFactor.Checked(Beta1, nameof(Beta1), nameof(Adam));

    /// <summary>β₂, how much of the mean square stays.</summary>
    public double Beta2 { get; } = DecayFactor.Checked(Beta2, nameof(Beta2), nameof(Adam));

    /// <summary>Whether the moments are divided by 1 - βᵗ, since they start at zero; true by default.</summary>
    public bool CorrectsBias { get; init; } = true;

    /// <inheritdoc/>
    public double DefaultLearningRate => 1e-3;

    IReadOnlyList<string> IUpdateRule.StateNames => s_moments;

    IReadOnlyList<double> IUpdateRule.Constants => [Epsilon];

    void IUpdateRule.Apply(in UpdateStep step)
    {
        double mean = CorrectsBias ? 1 - Power.Of(Beta1, step.Number) : 1, square = CorrectsBias ? 1 - Power.Of(Beta2, step.Number) : 1;
        step.Run(new Moments(Beta1, Beta2, step.LearningRate / mean, 1 / Math.Sqrt(square), Epsilon));
    }

    private readonly struct Moments(double beta1, double beta2, Coefficient rate, Coefficient root, Coefficient epsilon) : IUpdateLane
    {
        private readonly Coefficient _kept1 = beta1, _new1 = 1 - beta1, _kept2 = beta2, _new2 = 1 - beta2;

        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            g = Squares.Bounded(g);
            V m = s[0] = V.Of(_kept1) * s[0] + V.Of(_new1) * g;
            V v = s[1] = V.Of(_kept2) * s[1] + V.Of(_new2) * (g * g);
            return w - V.Of(rate) * m / (V.Sqrt(v) * V.Of(root) + V.Of(epsilon));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(Adam), PrintMembers);
}
