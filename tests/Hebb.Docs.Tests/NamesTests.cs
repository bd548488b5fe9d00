using System.Text.RegularExpressions;

namespace Hebb.Docs.Tests;

/// <summary>The page for those who come from PyTorch names much of the library; all these names must be in it.</summary>
public partial class NamesTests
{
    [Fact]
    public void NamesInTheTablesAreInTheLibrary()
    {
        string api = string.Concat(Directory.EnumerateFiles(Repository.At("docs/api"), "*.txt").Select(file => File.ReadAllText(file)));
        HashSet<string> known = [.. Word().Matches(api).Select(match => match.Value)];
        List<string> missing = [];
        int count = 0;
        IEnumerable<string> lines = File.ReadLines(Repository.At("docs/coming-from-pytorch.md"));
        foreach (string line in lines.Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
        {
            foreach (Match code in Code().Matches(line[line.IndexOf(" | ", StringComparison.Ordinal)..]))
            {
                foreach (Match name in Word().Matches(Quoted().Replace(code.Value, "")))
                {
                    count++;
                    if (!known.Contains(name.Value)) missing.Add($"{name.Value} in {line}");
                }
            }
        }
        Assert.Empty(missing);
        Assert.InRange(count, 150, int.MaxValue);
    }

    [GeneratedRegex("`[^`]+`")]
    private static partial Regex Code();

    [GeneratedRegex("\"[^\"]*\"|HEBB_\\w+")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9]+\b")]
    private static partial Regex Word();
}
