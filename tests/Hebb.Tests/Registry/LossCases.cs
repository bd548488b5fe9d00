namespace Hebb.Tests.Registry;

using Hebb.Losses;
using Hebb.Tests.Reference;

/// <summary>Every loss, as built from a reference case.</summary>
internal static class LossCases
{
    public static IReadOnlyDictionary<string, Func<ReferenceCase, Loss>> ByReference { get; } =
        new Dictionary<string, Func<ReferenceCase, Loss>>
        {
            ["MseLoss"] = item => new MseLoss { Reduction = How(item) },
            ["L1Loss"] = item => new L1Loss { Reduction = How(item) },
            ["BceLoss"] = item => new BceLoss { Reduction = How(item) },
            ["BceWithLogitsLoss"] = item => new BceWithLogitsLoss { Reduction = How(item), PositiveWeight = Weight(item, "pos_weight") },
            ["NllLoss"] = item => new NllLoss { Reduction = How(item), ClassWeights = Weight(item, "weight"), IgnoreIndex = Ignored(item) },
            ["HuberLoss"] = item => new HuberLoss { Reduction = How(item), Delta = item.Number("delta") },
            ["SmoothL1Loss"] = item => HuberLoss.SmoothL1(item.Number("beta"), How(item)),
            ["CosineLoss"] = item => new CosineLoss { Reduction = How(item) },
            ["HingeLoss"] = item => new HingeLoss { Reduction = How(item), Margin = item.Number("margin") },
            ["FocalLoss"] = item => new FocalLoss { Reduction = How(item), Gamma = item.Number("gamma") },
            ["KlDivLoss"] = item => new KlDivLoss { Reduction = How(item), TakesLogTargets = item.Flag("log_target") },
            ["CrossEntropyLoss"] = item => new CrossEntropyLoss
            {
                Reduction = How(item),
                ClassWeights = Weight(item, "weight"),
                IgnoreIndex = Ignored(item),
                LabelSmoothing = item.Has("label_smoothing") ? item.Number("label_smoothing") : 0,
            },
        };

    /// <summary>Losses that are made of others, which have tests of their own.</summary>
    public static IReadOnlyList<Loss> Composed { get; } = [new SequenceLoss(new MseLoss { Reduction = Reduction.None })];

    public static TheoryData<string> Names =>
        [.. ReferenceFile.Load("losses").Cases.Where(item => ByReference.ContainsKey(item.Op)).Select(item => item.Name)];

    private static Reduction How(ReferenceCase item) =>
        item.Text("reduction") switch
        {
            "none" => Reduction.None,
            "sum" => Reduction.Sum,
            "batchmean" =>
        Reduction.MeanOverSamples,
            _ => Reduction.Mean
        };

    private static long Ignored(ReferenceCase item) => item.Has("ignore_index") ? item.Int("ignore_index") : -100;

    private static Tensor? Weight(ReferenceCase item, string name) =>
        item.Inputs.TryGetValue(name, out ReferenceArray? array) ? Tensor.From(array.Doubles, new Shape(array.Shape)) : null;
}
