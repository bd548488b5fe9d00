using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>
/// Gradient descent, w ← w - η g, with momentum: V ← β V + γ g, then w ← w - η V (Polyak 1964),
/// or w ← w - η (γ g + β V) in Nesterov's form (Sutskever et al. 2013). With β = 0 there is no state.
/// The other ways in which momentum is written are <see cref="WithLearningRateInside"/>,
/// <see cref="WithFriction"/> and <see cref="Averaged"/>; <see cref="Plain"/> says which learning rate makes them the same.
/// </summary>
/// <param name="Momentum">β, how much of the velocity stays; from 0 (none, the default) to below 1.</param>
public sealed record Sgd(double Momentum = 0) : IUpdateRule
{
    private static readonly string[] s_velocity = ["momentum_buffer"];

    /// <summary>β, how much of the velocity stays.</summary>
    public double Momentum { get; } = Momentum is >= 0 and < 1 ? Momentum
        : throw new ArgumentOutOfRangeException(nameof(Momentum), $"A momentum of {Momentum} was given; give one from 0 to below 1.");

    /// <summary>γ, how much of the gradient enters the velocity; 1 by default.</summary>
    public double Gain { get; init => field = Argument.Finite(value, nameof(Gain)); } = 1;

    /// <summary>
    /// How much of the gradient does not enter the velocity, from the second step on: γ (1 - Dampening), as PyTorch has it; 0 by default.
    /// Without momentum there is nothing to dampen.
    /// </summary>
    public double Dampening { get; init => field = Argument.Finite(value, nameof(Dampening)); }

    /// <summary>Whether the weight moves by γ g + β V, the velocity that the next step would have at the same gradient.</summary>
    public bool IsNesterov { get; init; }

    /// <summary>
    /// Whether the learning rate is inside the velocity, V ← β V + η γ g and w ← w - V,
    /// so that a changed rate reaches old gradients only slowly.
    /// </summary>
    public bool IsLearningRateInside { get; init; }

    /// <summary>
    /// Whether the weight moves by the velocity before it takes up the gradient: the explicit Euler step, one step behind.
    /// </summary>
    public bool MovesByOldVelocity { get; init; }

    /// <inheritdoc/>
    public double DefaultLearningRate => 0.01;

    IReadOnlyList<string> IUpdateRule.StateNames => HasVelocity ? s_velocity : [];

    private bool HasVelocity => Momentum > 0 || MovesByOldVelocity;

    /// <summary>dw ← β dw - η g; w ← w + dw: the update remembers the rate of its time (Rumelhart, Hinton and Williams 1986).</summary>
    public static Sgd WithLearningRateInside(double momentum) => new(momentum) { IsLearningRateInside = true };

    /// <summary>
    /// V ← (1 - r) V + γ g; w ← w - η V: a mass under friction r. The physical picture with time steps dt, V ← (1 - r) V - dt g and
    /// w ← w + dt V, is a gain and a rate of dt; with <see cref="MovesByOldVelocity"/> it is the explicit Euler step.
    /// </summary>
    public static Sgd WithFriction(double friction, double gain = 1) => new(1 - friction) { Gain = gain };

    /// <summary>V ← β V + (1 - β) g; w ← w - η V: the velocity is a running average of gradients.</summary>
    public static Sgd Averaged(double momentum) => new(momentum) { Gain = 1 - momentum };

    /// <summary>
    /// The form V ← β V + g, w ← w - η′ V that walks the same path at a constant learning rate η: η′ = η γ.
    /// </summary>
    /// <exception cref="InvalidOperationException">Dampening and the explicit Euler step have no such form.</exception>
    public (Sgd Rule, double LearningRate) Plain(double learningRate) => Dampening == 0 && !MovesByOldVelocity
        ? (new Sgd(Momentum) { IsNesterov = IsNesterov }, learningRate * Gain)
        : throw new InvalidOperationException(
            $"{this} has no form without gain; only rules without dampening that move by the new velocity have one.");

    /// <summary>
    /// Nesterov's method also stands in books with the gradient taken at a look-ahead point, w + β dw. <see cref="IsNesterov"/> keeps that
    /// point as the weight; this is the point before the look-ahead, w + η β V, on the same path.
    /// </summary>
    /// <param name="w">The weights that the optimizer keeps.</param>
    /// <param name="velocity">Their state "momentum_buffer".</param>
    /// <param name="learningRate">The learning rate.</param>
    public Tensor BeforeLookAhead(Tensor w, Tensor velocity, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(w);
        ArgumentNullException.ThrowIfNull(velocity);
        return w + velocity * (IsLearningRateInside ? Momentum : learningRate * Momentum);
    }

    void IUpdateRule.Apply(in UpdateStep step)
    {
        double gain = step.Number == 1 || !HasVelocity ? Gain : Gain * (1 - Dampening), rate = IsLearningRateInside ? 1 : step.LearningRate;
        if (IsLearningRateInside) gain *= step.LearningRate;
        if (!HasVelocity) step.Run(new Descent(rate * gain));
        else if (IsNesterov) step.Run(new Nesterov(Momentum, gain, rate));
        else if (MovesByOldVelocity) step.Run(new ExplicitEuler(Momentum, gain, rate));
        else step.Run(new HeavyBall(Momentum, gain, rate));
    }

    private readonly struct Descent(Coefficient rate) : IUpdateLane
    {
        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 0; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V> => w - V.Of(rate) * g;
    }

    private readonly struct HeavyBall(Coefficient momentum, Coefficient gain, Coefficient rate) : IUpdateLane
    {
        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            V velocity = s[0] = V.Of(momentum) * s[0] + V.Of(gain) * g;
            return w - V.Of(rate) * velocity;
        }
    }

    private readonly struct Nesterov(Coefficient momentum, Coefficient gain, Coefficient rate) : IUpdateLane
    {
        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            V pull = V.Of(gain) * g;
            V velocity = s[0] = V.Of(momentum) * s[0] + pull;
            return w - V.Of(rate) * (pull + V.Of(momentum) * velocity);
        }
    }

    private readonly struct ExplicitEuler(Coefficient momentum, Coefficient gain, Coefficient rate) : IUpdateLane
    {
        public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1; }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            V before = s[0];
            s[0] = V.Of(momentum) * before + V.Of(gain) * g;
            return w - V.Of(rate) * before;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(Sgd), PrintMembers);
}
