using System.Text.RegularExpressions;

namespace Hebb.Docs.Tests;

/// <summary>The page that follows a value names what is called in each file; these names must be there.</summary>
public partial class WayOfAValueTests
{
    private const string Page = "docs/way-of-a-value.md";

    [Fact]
    public void NamesAreInTheFilesThatThePageNames()
    {
        string folder = Path.GetDirectoryName(Repository.At(Page))!;
        List<string> missing = [];
        int checkedNames = 0;
        foreach (Match hop in Hops().Matches(File.ReadAllText(Repository.At(Page))))
        {
            string[] files = [.. MarkdownPage.Links(hop.Value).Select(link => File.ReadAllText(Path.Combine(folder, link)))];
            if (files.Length == 0) continue;
            foreach (Match name in Names().Matches(hop.Value))
            {
                checkedNames++;
                string word = name.Groups[1].Value;
                if (!files.Any(file => Regex.IsMatch(file, $@"\b{word}\b"))) missing.Add(
                    $"{word} in: {hop.Value.Trim().ReplaceLineEndings(" ")}");
            }
        }
        Assert.Empty(missing);
        Assert.InRange(checkedNames, 25, int.MaxValue);
    }

    /// <summary>A numbered line with what continues it.</summary>
    [GeneratedRegex(@"^ *\d+\. .*(\n {2,}.*)*", RegexOptions.Multiline)]
    private static partial Regex Hops();

    /// <summary>A name in code, without what stands in brackets behind it.</summary>
    [GeneratedRegex(@"`(\w+)(\(\))?`")]
    private static partial Regex Names();
}
