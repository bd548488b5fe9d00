namespace Hebb.Docs.Tests;

/// <summary>docs/from-scratch.md holds a small differentiation of its own and the same computation with Hebb.</summary>
public class FromScratchTests
{
    private const string Page = "docs/from-scratch.md";
    private static readonly IReadOnlyList<Snippet> s_programs = MarkdownPage.Snippets(Page, File.ReadAllText(Repository.At(Page)));

    /// <summary>That each program prints what stands below it is checked with all other pages.</summary>
    [Fact]
    public void BothProgramsShowTheSameLossesAndGradients()
    {
        Assert.Equal(2, s_programs.Count);
        Assert.All(s_programs, program => Assert.True(program.Runs));
        Assert.NotNull(s_programs[0].Output);
        Assert.Equal(s_programs[0].Output, s_programs[1].Output);
    }

    [Fact]
    public void TheProgramFromScratchHasAsManyLinesAsThePageSays()
    {
        string[] lines = [.. s_programs[0].Code.Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))];
        Assert.Contains($"in {lines.Length} lines of code", File.ReadAllText(Repository.At(Page)), StringComparison.Ordinal);
        Assert.InRange(lines.Length, 80, 100);
        Assert.DoesNotContain("Hebb", s_programs[0].Code, StringComparison.Ordinal);
    }
}
