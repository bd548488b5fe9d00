using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>
/// v ← v + g²; w ← w - η g / (√v + ε): the more a weight has been pushed, the smaller its steps, so that rare features keep large ones
/// (Duchi, Hazan and Singer, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization, 2011).
/// </summary>
/// <param name="LearningRateDecay">κ: the rate of step t, from 1, is η / (1 + (t - 1) κ); 0 by default.</param>
/// <param name="StartSquare">Where v starts, not negative; 0 by default.</param>
/// <param name="Epsilon">ε, what keeps the quotient finite; 1e-10 by default.</param>
public sealed record Adagrad(double LearningRateDecay = 0, double StartSquare = 0, double Epsilon = 1e-10) : IUpdateRule
{
    /// <summary>What keeps the quotient finite.</summary>
    public double Epsilon { get; } = Argument.Above(Epsilon, 0);

    private static readonly string[] s_sum = ["sum"];

    /// <summary>κ: the rate of step t is η / (1 + (t - 1) κ).</summary>
    public double LearningRateDecay { get; } = LearningRateDecay >= 0 && double.IsFinite(LearningRateDecay) ? LearningRateDecay
        : throw new ArgumentOutOfRangeException(
            nameof(LearningRateDecay), $"A decay of the learning rate of {LearningRateDecay} was given to Adagrad; give 0 or more.");

    /// <summary>Where v starts.</summary>
    public double StartSquare { get; } = StartSquare >= 0 && double.IsFinite(StartSquare) ? StartSquare
        : throw new ArgumentOutOfRangeException(
            nameof(StartSquare), $"A start of {StartSquare} was given to Adagrad's sum of squares; give 0 or more.");

    /// <inheritdoc/>
    public double DefaultLearningRate => 0.01;

    IReadOnlyList<string> IUpdateRule.StateNames => s_sum;

    IReadOnlyList<double> IUpdateRule.Constants => [StartSquare, Epsilon];

    void IUpdateRule.Apply(in UpdateStep step) =>
        step.Run(new Accumulated(
            step.Number == 1 ? StartSquare : 0, step.LearningRate / (1 + (step.Number - 1) * LearningRateDecay), Epsilon));

    private readonly struct Accumulated(Coefficient start, Coefficient rate, Coefficient epsilon) : IUpdateLane
    {
        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            g = Squares.Bounded(g);
            V sum = s[0] = Squares.BoundedSum(s[0] + V.Of(start) + g * g);
            return w - V.Of(rate) * g / (V.Sqrt(sum) + V.Of(epsilon));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(Adagrad), PrintMembers);
}
