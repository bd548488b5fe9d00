namespace Hebb.Losses;

/// <summary>Losses by name, with their usual settings.</summary>
public static class ReadyLosses
{
    private static readonly Dictionary<string, Func<Loss>> Makers = new(StringComparer.Ordinal)
    {
        ["cross-entropy"] = () => new CrossEntropyLoss(),
        ["nll"] = () => new NllLoss(),
        ["focal"] = () => new FocalLoss(),
        ["hinge"] = () => new HingeLoss(),
        ["mse"] = () => new MseLoss(),
        ["l1"] = () => new L1Loss(),
        ["huber"] = () => new HuberLoss(),
        ["bce"] = () => new BceLoss(),
        ["bce-logits"] = () => new BceWithLogitsLoss(),
        ["kl"] = () => new KlDivLoss(),
        ["cosine"] = () => new CosineLoss(),
    };

    /// <summary>The names that <see cref="Make"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Makers.Keys];

    /// <summary>Makes a loss.</summary>
    /// <exception cref="ArgumentException">There is no loss of that name.</exception>
    public static Loss Make(string name) => Makers.TryGetValue(name, out Func<Loss>? make) ? make()
        : throw new ArgumentException($"There is no loss '{name}'; the ready losses are {string.Join(", ", Names)}.");
}
