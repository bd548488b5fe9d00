namespace Hebb.Docs.Tests;

public class SnippetRunnerTests
{
    [Theory]
    [InlineData("int x = 1;\nint y = x;", 0)]
    [InlineData("public sealed class OnlyATypes { }", 0)]
    [InlineData("int x = \"no\";", 1)]
    [InlineData("var lanes = Hebb.Kernels.Lanes.Width;", 0)]
    [InlineData("var lanes = Hebb.Kernels.Lanes.Wideness;", 1)]
    public void ErrorsAreReported(string code, int errors) => Assert.Equal(errors, SnippetRunner.Compile(Of(code)).Errors.Count);

    [Fact]
    public async Task OutputIsCaught()
    {
        (_, byte[] assembly) =
            SnippetRunner.Compile(Of("await Task.Yield();\nConsole.WriteLine(string.Join(' ', Enumerable.Range(0, 3)));"));
        Assert.Equal("0 1 2\n", await SnippetRunner.Run(assembly));
    }

    [Fact]
    public async Task ExceptionsReachTheTest()
    {
        (_, byte[] assembly) = SnippetRunner.Compile(Of("throw new InvalidOperationException(\"here\");"));
        Exception thrown = await Assert.ThrowsAnyAsync<Exception>(() => SnippetRunner.Run(assembly));
        Assert.Equal("here", thrown.InnerException?.Message);
    }

    private static Snippet Of(string code) => new("test.md", 1, code, true, null);
}
