namespace Hebb.Data;

/// <summary>Sets of texts that are read from files.</summary>
internal static class KnownTexts
{
    public static IReadOnlyList<DataEntry> Entries { get; } =
    [
        new("rt-polarity", "10,662 sentences of film reviews, two classes, negative and positive",
            ["rt-polarity/rt-polarity.neg", "rt-polarity/rt-polarity.pos"],
            options => LabeledTexts.OfFiles([("negative", File(options, "neg")), ("positive", File(options, "pos"))])
                .Part("rt-polarity", options))
        {
            Kind = DataKind.KnownTexts,
            Recipe = new Recipe("text-cnn", 8, 64, "adam", 2e-3),
        },
    ];

    private static string File(DataOptions options, string ending) => Path.Combine(options.Root!, "rt-polarity", $"rt-polarity.{ending}");
}
