namespace Hebb.Tests.Registry;

using Hebb.Losses;
using Hebb.Tests.Reference;

/// <summary>Every loss, as built from a reference case.</summary>
internal static class LossCases
{
    public static IReadOnlyDictionary<string, Func<ReferenceCase, Loss>> ByReference { get; } = new Dictionary<string, Func<ReferenceCase, Loss>>
    {
        ["MseLoss"] = item => new MseLoss { Reduction = How(item) },
        ["L1Loss"] = item => new L1Loss { Reduction = How(item) },
        ["BceLoss"] = item => new BceLoss { Reduction = How(item) },
        ["BceWithLogitsLoss"] = item => new BceWithLogitsLoss { Reduction = How(item), PositiveWeight = Weight(item, "pos_weight") },
        ["NllLoss"] = item => new NllLoss { Reduction = How(item), ClassWeights = Weight(item, "weight"), IgnoreIndex = Ignored(item) },
        ["CrossEntropyLoss"] = item => new CrossEntropyLoss
        {
            Reduction = How(item),
            ClassWeights = Weight(item, "weight"),
            IgnoreIndex = Ignored(item),
            LabelSmoothing = item.Has("label_smoothing") ? item.Number("label_smoothing") : 0,
        },
    };

    public static TheoryData<string> Names =>
        [.. ReferenceFile.Load("losses").Cases.Where(item => ByReference.ContainsKey(item.Op)).Select(item => item.Name)];

    private static Reduction How(ReferenceCase item) => item.Text("reduction") switch { "none" => Reduction.None, "sum" => Reduction.Sum, _ => Reduction.Mean };

    private static long Ignored(ReferenceCase item) => item.Has("ignore_index") ? item.Int("ignore_index") : -100;

    private static Tensor? Weight(ReferenceCase item, string name) =>
        item.Inputs.TryGetValue(name, out ReferenceArray? array) ? Tensor.From(array.Doubles, new Shape(array.Shape)) : null;
}
