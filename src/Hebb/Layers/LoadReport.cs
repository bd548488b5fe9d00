namespace Hebb.Layers;

/// <summary>What became of the names when a state dictionary was loaded into a module.</summary>
/// <param name="Loaded">Names whose values were copied.</param>
/// <param name="Missing">Names of the module that the dictionary lacks.</param>
/// <param name="Unexpected">Names of the dictionary that the module lacks.</param>
/// <param name="Mismatched">Names on both sides whose shapes or types differ, with both.</param>
public sealed record LoadReport(
    IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> Mismatched)
{
    /// <summary>Whether every name found its counterpart.</summary>
    public bool IsComplete => Missing.Count + Unexpected.Count + Mismatched.Count == 0;

    /// <summary>The counts, and the names that found no counterpart.</summary>
    public override string ToString() =>
        $"{Loaded.Count} loaded{Some("missing", Missing)}{Some("unexpected", Unexpected)}{Some("mismatched", Mismatched)}";

    private static string Some(string what, IReadOnlyList<string> names) =>
        names.Count == 0 ? "" : $"; {names.Count} {what}: {PlainText.List(names, most: 5)}";
}
