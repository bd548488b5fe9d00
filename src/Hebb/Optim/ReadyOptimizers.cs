using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>Update rules by name, with their usual settings and learning rates.</summary>
public static class ReadyOptimizers
{
    private const double DecayedWeights = 0.01;

    private static readonly OrderedDictionary<string, (IUpdateRule Rule, double LearningRate)> s_rules = new(StringComparer.Ordinal)
    {
        ["sgd"] = (new Sgd(), 0.05),
        ["momentum"] = (new Sgd(0.9), 0.01),
        ["nesterov"] = (new Sgd(0.9) { IsNesterov = true }, 0.01),
        ["adam"] = (new Adam(), 2e-3),
        ["adamw"] = (new Adam(), 2e-3),
        ["rmsprop"] = (new RmsProp(), 1e-3),
        ["adagrad"] = (new Adagrad(), 0.02),
        ["adadelta"] = (new Adadelta(), 1),
        ["adamax"] = (new Adamax(), 4e-3),
        ["lion"] = (new Lion(), 2e-4),
    };

    /// <summary>The names that <see cref="Make"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_rules.Keys];

    /// <summary>The learning rate that an update rule starts from when none is given.</summary>
    /// <exception cref="ArgumentException">There is no update rule of that name.</exception>
    public static double DefaultLearningRate(string name) => Named(name).LearningRate;

    /// <summary>Makes the optimizer of a model's parameters; <c>adamw</c> decays weights by 0.01, apart from the gradient.</summary>
    /// <exception cref="ArgumentException">There is no update rule of that name.</exception>
    public static Optimizer Make(string name, Module model, double? learningRate = null)
    {
        (IUpdateRule rule, double usual) = Named(name);
        Optimizer optimizer = new(model, rule, learningRate ?? usual);
        if (name == "adamw") optimizer.Hooks.Add(new WeightDecay(DecayedWeights, WeightDecayForm.Decoupled));
        return optimizer;
    }

    private static (IUpdateRule Rule, double LearningRate) Named(string name) =>
        s_rules.TryGetValue(name, out (IUpdateRule Rule, double LearningRate) found) ? found
        : throw new ArgumentException($"There is no optimizer '{name}'; choose one of {string.Join(", ", Names)}.");
}
