namespace Hebb.Docs.Tests;

public class PagesTests
{
    /// <summary>All pages, each with a row, so that a failure names the page.</summary>
    public static TheoryData<string> Pages => [.. MarkdownPage.All()];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task CodeCompilesAndPrintsWhatThePageSays(string page)
    {
        foreach (Snippet snippet in MarkdownPage.Snippets(page, File.ReadAllText(Repository.At(page))))
        {
            (IReadOnlyList<string> errors, byte[] assembly) = SnippetRunner.Compile(snippet);
            if (errors.Count > 0) Assert.Fail($"{snippet} does not compile:\n{string.Join('\n', errors)}");
            if (!snippet.Runs) continue;
            string output = await SnippetRunner.Run(assembly);
            if (snippet.Output is not null && output.TrimEnd() != snippet.Output.TrimEnd())
            {
                Assert.Fail($"{snippet} prints\n{output}\nbut the page shows\n{snippet.Output}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void LinksLeadToFiles(string page)
    {
        string folder = Path.GetDirectoryName(Repository.At(page))!;
        string[] dead = [.. MarkdownPage.Links(File.ReadAllText(Repository.At(page)))
            .Where(target => !Path.Exists(Path.Combine(folder, target)))];
        Assert.Empty(dead);
    }
}
