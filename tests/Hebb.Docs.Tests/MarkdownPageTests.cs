namespace Hebb.Docs.Tests;

public class MarkdownPageTests
{
    [Fact]
    public void BlocksAreFoundWithTheirMarks()
    {
        IReadOnlyList<Snippet> found = MarkdownPage.Snippets("a.md", """
            # Title
            ```csharp
            int a = 1;
            ```

            <!-- run continues -->
            ```csharp
            Console.WriteLine(a);
            ```

            ```text
            1
            ```

            ```sh
            dotnet test
            ```
            <!-- run -->
            ```csharp
            int b = 2;
            ```
            Words between them:
            ```text
            no output of b
            ```
            """);
        Assert.Equal(
            [
                new("a.md", 3, "int a = 1;\n", false, null),
                new("a.md", 8, "int a = 1;\nConsole.WriteLine(a);\n", true, "1\n"),
                new("a.md", 20, "int b = 2;\n", true, null),
            ],
            found);
    }

    [Theory]
    [InlineData("```csharp\nint a;", "a.md(1): the block that begins here is not closed.")]
    [InlineData("<!-- runs -->\n```csharp\n```", "says 'runs'")]
    [InlineData("<!-- continues -->\n```csharp\n```", "no block of C# stands before")]
    public void WrongMarksAreRefused(string text, string message) =>
        Assert.Contains(
            message, Assert.Throws<FormatException>(() => MarkdownPage.Snippets("a.md", text)).Message, StringComparison.Ordinal);

    [Fact]
    public void CommandsWithTheirOutputAreFound() =>
        Assert.Equal([("ls", "a\nb\n")], MarkdownPage.Commands(
            "a.md", "```sh\nls\n```\n\n```text\na\nb\n```\n```sh\ncd ..\n```\nWords.\n```text\nc\n```"));

    [Fact]
    public void LinksToFilesAreFound() =>
        Assert.Equal(["docs/house.md", "LICENSE"], MarkdownPage.Links(
            "[a](docs/house.md#rooms) [b](https://x.y) [c](#here)\n![d](LICENSE)\n```text\n[e](nowhere)\n```"));
}
