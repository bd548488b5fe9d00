namespace Hebb.Architecture.Tests;

internal static class Verdict
{
    /// <summary>Fails with the list of what was found, if anything was.</summary>
    public static void Clean(IEnumerable<string> violations)
    {
        string[] found = [.. violations];
        if (found.Length > 0) Assert.Fail($"{found.Length} found:\n" + string.Join('\n', found.Take(40)));
    }
}
