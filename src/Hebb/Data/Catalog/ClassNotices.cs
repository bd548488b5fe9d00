using Hebb.Files;

namespace Hebb.Data;

/// <summary>What is odd about the classes that somebody is to learn, in sentences that name the mend.</summary>
internal static class ClassNotices
{
    private const int FewestSamples = 20; // before a class with one of them is odd

    /// <summary>What to say about classes and the samples of each.</summary>
    /// <param name="place">What has the classes, as a sentence begins.</param>
    /// <param name="names">The classes.</param>
    /// <param name="counts">How many samples each has.</param>
    public static IEnumerable<string> Of(string place, IReadOnlyList<string> names, IReadOnlyList<long> counts)
    {
        if (Spelling.Alike(names) is { } alike) yield return Alike(place, alike);
        string[] lone = counts.Sum() < FewestSamples ? [] : [.. names.Where((_, i) => counts[i] == 1)];
        if (lone.Length > 0)
            yield return $"{place} has a single sample of {(lone.Length == 1 ? "the class" : $"{lone.Length} classes, such as")} "
                + $"'{CsvFile.Clip(lone[0])}', which can train or test but not both; correct it, take it away, or give more.";
    }

    /// <summary>What to say about the classes of samples that come from a path.</summary>
    public static IEnumerable<string> Of(DataBundle data)
    {
        if (!data.Target.IsClass) return [];
        long[] counts = new long[data.Target.Width];
        foreach (IDataset part in (IDataset[])[data.Train, data.Validation, data.Test])
            foreach ((int c, long count) in ClassCounts.Of(part).Index()) counts[c] += count;
        return Of($"'{data.Name}'", data.Target.Names, counts);
    }

    /// <summary>What to say about two names that are likely to be meant as one.</summary>
    public static string Alike(string place, (string First, string Second) names) =>
        $"{place} holds '{CsvFile.Clip(names.First)}' and '{CsvFile.Clip(names.Second)}', which differ in spelling only; "
        + "write them alike if they are one.";
}
