using Hebb.Data;
using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Training;

/// <summary>How a data set is trained unless told otherwise: model, passes, batch and update rule. All of it can be overridden.</summary>
/// <param name="Model">The name of a ready model.</param>
/// <param name="Epochs">How often every training sample is visited.</param>
/// <param name="Batch">Samples a step.</param>
/// <param name="Optimizer">The name of an update rule, one of <see cref="Optimizers"/>.</param>
/// <param name="Rate">The highest learning rate.</param>
/// <param name="Seed">Splits into the streams of start values, shuffling, dropout and augmentation.</param>
/// <param name="Augment">Random changes of training samples, as <see cref="Augmentations"/> reads them; none by default.</param>
public sealed record Recipe(string Model, int Epochs, int Batch, string Optimizer, double Rate, ulong Seed = 0, string Augment = "")
{
    private const int TableSteps = 3000, TextSteps = 850;
    private const double DecayedWeights = 0.01;
    private const string SmallImages = "conv3-32 relu conv3-32 relu pool2 fc128 relu fc";

    /// <summary>The rules by name, each with the rate that it starts from when none is given.</summary>
    private static readonly OrderedDictionary<string, (IUpdateRule Rule, double Rate)> Rules = new(StringComparer.Ordinal)
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

    /// <summary>The names that <see cref="Balance"/> can have.</summary>
    public static IReadOnlyList<string> Balances { get; } = ["none", "samples", "loss"];

    /// <summary>
    /// What makes up for classes of very different sizes: nothing ("none", the default), drawing each class equally often ("samples"), or weighing each class alike in
    /// the loss ("loss"). With either, epochs are compared by the <see cref="BalancedAccuracy"/>.
    /// </summary>
    public string Balance { get; init; } = "none";

    /// <summary>The names that <see cref="Optimizer"/> can have.</summary>
    public static IReadOnlyList<string> Optimizers { get; } = [.. Rules.Keys];

    /// <summary>What has been found good for sets by name.</summary>
    private static readonly Dictionary<string, Recipe> Known = new(StringComparer.Ordinal)
    {
        ["mnist"] = new Recipe("lenet-bn", 6, 64, "adam", 2e-3),
        ["fashion-mnist"] = new Recipe("[conv3-32 bn relu]*2 pool2 [conv3-64 bn relu]*2 pool2 drop0.25 fc128 relu fc", 4, 64, "adam", 2e-3),
        ["cifar10-subset"] = new Recipe("vgg-small", 12, 64, "adam", 2e-3, Augment: "flip shift4"),
        ["rt-polarity"] = new Recipe("text-cnn", 8, 64, "adam", 2e-3),
        ["optdigits"] = new Recipe(SmallImages, 20, 64, "adam", 2e-3),
    };

    /// <summary>
    /// The recipe that suits a data set: what is known to be good for it by its name; else LeNet for images that are large enough, fewer convolutions for smaller ones, a
    /// network of word windows for texts, and two hidden layers for anything else; Adam; and so many passes that small tables and few texts are visited often.
    /// </summary>
    public static Recipe For(DataBundle data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (Known.TryGetValue(data.Name, out Recipe? known)) return known;
        int batch = Math.Clamp(data.Train.Count / 20, 16, 64), steps = (data.Train.Count + batch - 1) / batch;
        if (data.TokenCount is not null) return Known["rt-polarity"] with { Epochs = Math.Clamp(TextSteps / steps, 4, 60), Batch = batch };
        Shape input = data.InputShape;
        int side = input.Rank == 3 ? Math.Min(input[1], input[2]) : 0;
        if (side >= 4) return new Recipe(side >= 12 ? "lenet" : SmallImages, 8, 64, "adam", 2e-3);
        return new Recipe("mlp", Math.Clamp(TableSteps / steps, 15, 500), batch, "adam", 3e-3);
    }

    /// <summary>The rate that an update rule starts from when none is given.</summary>
    /// <exception cref="ArgumentException">There is no update rule of that name.</exception>
    public static double DefaultRate(string optimizer) => Named(optimizer).Rate;

    /// <summary>Makes the optimiser of a model's parameters.</summary>
    /// <exception cref="ArgumentException">There is no update rule of that name.</exception>
    public Optimizer MakeOptimizer(Module model)
    {
        Optimizer optimizer = new(model, Named(Optimizer).Rule, Rate);
        if (Optimizer == "adamw") optimizer.Hooks.Add(new WeightDecay(DecayedWeights, WeightDecayForm.Decoupled));
        return optimizer;
    }

    /// <summary>One cycle of the rate over the whole run: a quick rise to <see cref="Rate"/>, then a fall to almost nothing (Smith and Topin, 2018).</summary>
    public ISchedule MakeSchedule(int stepsPerEpoch) => new OneCycle(Rate, Math.Max(2, Epochs * stepsPerEpoch));

    private static (IUpdateRule Rule, double Rate) Named(string optimizer) => Rules.TryGetValue(optimizer, out (IUpdateRule Rule, double Rate) found) ? found
        : throw new ArgumentException($"There is no optimizer '{optimizer}'; choose one of {string.Join(", ", Optimizers)}.");
}
