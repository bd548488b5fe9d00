using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>
/// v ← ρ v + (1 - ρ) g²; d = g √(u + ε) / √(v + ε); u ← ρ u + (1 - ρ) d²; w ← w - η d: steps have the units of the weights, so that η = 1
/// serves (Zeiler, ADADELTA: An Adaptive Learning Rate Method, 2012).
/// </summary>
/// <param name="Decay">ρ, how much of both mean squares stays; from 0 to below 1, 0.9 by default.</param>
/// <param name="Epsilon">ε, which also starts the first steps; 1e-6 by default.</param>
public sealed record Adadelta(double Decay = 0.9, double Epsilon = 1e-6) : IUpdateRule
{
    /// <summary>What keeps the quotient finite.</summary>
    public double Epsilon { get; } = Argument.Above(Epsilon, 0);

    private static readonly string[] s_squares = ["square_avg", "acc_delta"];

    /// <summary>ρ, how much of both mean squares stays.</summary>
    public double Decay { get; } = DecayFactor.Checked(Decay, "decay", nameof(Adadelta));

    /// <inheritdoc/>
    public double DefaultLearningRate => 1;

    IReadOnlyList<string> IUpdateRule.StateNames => s_squares;

    IReadOnlyList<double> IUpdateRule.Constants => [Epsilon];

    void IUpdateRule.Apply(in UpdateStep step) => step.Run(new Matched(Decay, step.LearningRate, Epsilon));

    private readonly struct Matched(double decay, Coefficient rate, Coefficient epsilon) : IUpdateLane
    {
        private readonly Coefficient _kept = decay, _new = 1 - decay;

        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            g = Squares.Bounded(g);
            V v = s[0] = V.Of(_kept) * s[0] + V.Of(_new) * (g * g), u = s[1];
            V step = V.Sqrt(u + V.Of(epsilon)) / V.Sqrt(v + V.Of(epsilon)) * g;
            s[1] = V.Of(_kept) * u + V.Of(_new) * (step * step);
            return w - V.Of(rate) * step;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(Adadelta), PrintMembers);
}
