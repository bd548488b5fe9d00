using Hebb.Optim;

namespace Hebb.Tests.Registry;

/// <summary>One update rule in one of its forms, with a rate at which it descends.</summary>
/// <param name="Name">What tests call it.</param>
/// <param name="Rule">The rule.</param>
/// <param name="LearningRate">A rate at which it finds the bottom of a bowl of curvature 1 to 4.</param>
public sealed record RuleCase(string Name, IUpdateRule Rule, double LearningRate)
{
    /// <summary>Whether the state goes to zero once gradients do; sums of squares and step sizes stay.</summary>
    public bool Fades { get; init; } = true;
}

/// <summary>Every update rule, which the suites of <see cref="RuleSuiteTests"/> check.</summary>
internal static class RuleCases
{
    public static IReadOnlyList<RuleCase> All { get; } =
    [
        new("descent", new Sgd(), 0.1),
        new("momentum", new Sgd(0.9), 0.02),
        new("rate inside", Sgd.WithLearningRateInside(0.9), 0.02),
        new("friction", Sgd.WithFriction(0.1, 0.5), 0.04),
        new("averaged", Sgd.Averaged(0.9), 0.2),
        new("dampened", new Sgd(0.8) { Dampening = 0.5 }, 0.1),
        new("nesterov", new Sgd(0.9) { IsNesterov = true }, 0.02),
        new("explicit euler", Sgd.WithFriction(0.3, 0.1) with { MovesByOldVelocity = true }, 0.1),
        new("adam", new Adam(), 0.05),
        new("adam uncorrected", new Adam(0.8, 0.9) { CorrectsBias = false }, 0.02),
        new("rms prop", new RmsProp(0.9), 0.01),
        new("rms prop momentum", new RmsProp(0.9) { Momentum = 0.5 }, 0.01),
        new("rms prop centered", new RmsProp(0.9) { IsCentered = true }, 0.005),
        new("rms prop centered momentum", new RmsProp(0.9) { IsCentered = true, Momentum = 0.5 }, 0.003),
        new("adagrad", new Adagrad(), 0.5) { Fades = false },
        new("adadelta", new Adadelta(), 3),
        new("adamax", new Adamax(), 0.05) { Fades = false },
        new("lion", new Lion(0.5, 0.6), 0.01),
        new("rprop", new Rprop(), 0.01) { Fades = false },
    ];

    public static TheoryData<string> Names => [.. All.Select(item => item.Name)];

    public static RuleCase Of(string name) => All.Single(item => item.Name == name);
}
