using System.Globalization;
using System.Text.RegularExpressions;

namespace Hebb.Docs.Tests;

/// <summary>Every program under samples/ is run as samples/README.md says, and prints what that page shows.</summary>
public partial class SamplesTests
{
    private const string Page = "samples/README.md";

    /// <summary>All samples, each with a row, so that a failure names the sample.</summary>
    public static TheoryData<string> Samples =>
        [.. Directory.EnumerateFiles(Repository.At("samples"), "*.cs").Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task ASamplePrintsWhatThePageShows(string sample)
    {
        string text = File.ReadAllText(Repository.At(Page)), start = $"dotnet run samples/{sample}";
        (string command, string shown) = Assert.Single(MarkdownPage.Commands(Page, text), block => block.Command.Split(" -- ")[0] == start);
        string[] arguments = [.. command[start.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
        Snippet program = new("samples/" + sample, 1, File.ReadAllText(Repository.At("samples/" + sample)), true, shown);
        (IReadOnlyList<string> errors, byte[] assembly) = SnippetRunner.Compile(program);
        if (errors.Count > 0) Assert.Fail($"{sample} does not compile:\n{string.Join('\n', errors)}");
        string printed = await SnippetRunner.Run(assembly, arguments);
        if (!Alike(printed, shown)) Assert.Fail($"{command} prints\n{printed}\nbut {Page} shows\n{shown}");
    }

    [Fact]
    public async Task TheSampleInFSharpPrintsWhatThePageShows()
    {
        (string command, string shown) = Assert.Single(MarkdownPage.Commands(Page, File.ReadAllText(Repository.At(Page))),
            block => block.Command == "dotnet run --project samples/FSharp");
        string printed = await SnippetRunner.Run(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Xor.dll")));
        if (!Alike(printed, shown)) Assert.Fail($"{command} prints\n{printed}\nbut {Page} shows\n{shown}");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void ASampleIsShortAndBuildsAgainstTheLibrary(string sample)
    {
        string[] lines = File.ReadAllLines(Repository.At("samples/" + sample));
        Assert.True(lines.Length < 100, $"{sample} has {lines.Length} lines; a sample has fewer than 100.");
        Assert.Equal("#:project ../src/Hebb/Hebb.csproj", lines[0]);
    }

    [Theory]
    [InlineData("loss 0.123, done", "loss 0.124, done", true)]
    [InlineData("loss 0.123, done", "loss 0.223, done", false)]
    [InlineData("error 8.9e-12", "error 2.1e-11", true)]
    [InlineData("step 100", "step 101", false)]
    [InlineData("Good.", "Wrong.", false)]
    [InlineData("a 0.5\nb", "a 0.5", false)]
    public void NumbersMayDifferALittleAndWordsNot(string a, string b, bool alike) => Assert.Equal(alike, Alike(a, b));

    /// <summary>
    /// The same words and whole numbers, and decimal fractions that differ by at most 0.02: a kernel may come to sum in another order,
    /// which a training run makes visible.
    /// </summary>
    private static bool Alike(string a, string b)
    {
        if (Fraction().Replace(a.Trim(), "#") != Fraction().Replace(b.Trim(), "#")) return false;
        return Fraction().Matches(a).Zip(Fraction().Matches(b)).All(pair => Math.Abs(Number(pair.First) - Number(pair.Second)) <= 0.02);

        static double Number(Match match) => double.Parse(match.Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\d+\.\d+(e[+-]\d+)?")]
    private static partial Regex Fraction();
}
