using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>
/// v ← α v + (1 - α) g²; w ← w - η g / (√v + ε): each weight's step is divided by the root mean square
/// of its recent gradients (Tieleman and Hinton, Neural Networks for Machine Learning, lecture 6.5, 2012).
/// With momentum the quotient enters a velocity, V ← β V + g / (√v + ε) and w ← w - η V; centered, v is replaced by v - m², the variance,
/// with m ← α m + (1 - α) g (Graves 2013).
/// </summary>
/// <param name="Decay">α, how much of the mean square stays; from 0 to below 1, 0.99 by default.</param>
/// <param name="Epsilon">ε, what keeps the quotient finite; 1e-8 by default.</param>
public sealed record RmsProp(double Decay = 0.99, double Epsilon = 1e-8) : IUpdateRule
{
    /// <summary>What keeps the quotient finite.</summary>
    public double Epsilon { get; } = Argument.Above(Epsilon, 0);

    private readonly double _momentum;

    /// <summary>α, how much of the mean square stays.</summary>
    public double Decay { get; } = DecayFactor.Checked(Decay, "decay", nameof(RmsProp));

    /// <summary>β, how much of the velocity stays; from 0 (none, the default) to below 1.</summary>
    public double Momentum
    {
        get => _momentum;
        init => _momentum = DecayFactor.Checked(value, "momentum", nameof(RmsProp));
    }

    /// <summary>Whether the mean gradient is taken off, so that the step is divided by a standard deviation; false by default.</summary>
    public bool IsCentered { get; init; }

    /// <inheritdoc/>
    public double DefaultLearningRate => 0.01;

    IReadOnlyList<string> IUpdateRule.StateNames => (IsCentered, Momentum > 0) switch
    {
        (true, true) => ["square_avg", "momentum_buffer", "grad_avg"],
        (true, false) => ["square_avg", "grad_avg"],
        (false, true) => ["square_avg", "momentum_buffer"],
        _ => ["square_avg"],
    };

    IReadOnlyList<double> IUpdateRule.Constants => [Epsilon];

    void IUpdateRule.Apply(in UpdateStep step)
    {
        if (IsCentered && Momentum > 0) step.Run(new CenteredWithVelocity(Decay, Momentum, step.LearningRate, Epsilon));
        else if (IsCentered) step.Run(new Centered(Decay, step.LearningRate, Epsilon));
        else if (Momentum > 0) step.Run(new WithVelocity(Decay, Momentum, step.LearningRate, Epsilon));
        else step.Run(new Plain(Decay, step.LearningRate, Epsilon));
    }

    private readonly struct Plain(double decay, Coefficient rate, Coefficient epsilon) : IUpdateLane
    {
        private readonly Coefficient _kept = decay, _new = 1 - decay;

        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            g = Squares.Bounded(g);
            V v = s[0] = V.Of(_kept) * s[0] + V.Of(_new) * (g * g);
            return w - V.Of(rate) * g / (V.Sqrt(v) + V.Of(epsilon));
        }
    }

    private readonly struct WithVelocity(double decay, Coefficient momentum, Coefficient rate, Coefficient epsilon) : IUpdateLane
    {
        private readonly Coefficient _kept = decay, _new = 1 - decay;

        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            g = Squares.Bounded(g);
            V v = s[0] = V.Of(_kept) * s[0] + V.Of(_new) * (g * g);
            V velocity = s[1] = V.Of(momentum) * s[1] + g / (V.Sqrt(v) + V.Of(epsilon));
            return w - V.Of(rate) * velocity;
        }
    }

    private readonly struct Centered(double decay, Coefficient rate, Coefficient epsilon) : IUpdateLane
    {
        private readonly Coefficient _kept = decay, _new = 1 - decay;

        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 2; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            g = Squares.Bounded(g);
            V v = s[0] = V.Of(_kept) * s[0] + V.Of(_new) * (g * g);
            V m = s[1] = V.Of(_kept) * s[1] + V.Of(_new) * g;
            return w - V.Of(rate) * g / (Deviation(v, m) + V.Of(epsilon));
        }
    }

    private readonly struct CenteredWithVelocity(double decay, Coefficient momentum, Coefficient rate, Coefficient epsilon) : IUpdateLane
    {
        private readonly Coefficient _kept = decay, _new = 1 - decay;

        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 3; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            g = Squares.Bounded(g);
            V v = s[0] = V.Of(_kept) * s[0] + V.Of(_new) * (g * g);
            V m = s[2] = V.Of(_kept) * s[2] + V.Of(_new) * g;
            V velocity = s[1] = V.Of(momentum) * s[1] + g / (Deviation(v, m) + V.Of(epsilon));
            return w - V.Of(rate) * velocity;
        }
    }

    /// <summary>√(v - m²); rounding may bring the variance of gradients that hardly change below zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Deviation<V>(V v, V m) where V : struct, ILane<V> => V.Sqrt(V.GreaterOf(V.Of(0), v - m * m));

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(RmsProp), PrintMembers);
}
