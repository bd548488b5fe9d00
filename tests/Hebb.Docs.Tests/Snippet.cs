namespace Hebb.Docs.Tests;

/// <summary>A block of C# in a page.</summary>
/// <param name="Page">The page from the root of the repository.</param>
/// <param name="Line">The line of the page on which the code begins, from 1.</param>
/// <param name="Code">The code; where the page says that it continues the block before, with that block's code first.</param>
/// <param name="Runs">Whether the page says that it can be run.</param>
/// <param name="Output">What it prints, if a block of text follows that shows it.</param>
internal sealed record Snippet(string Page, int Line, string Code, bool Runs, string? Output)
{
    public override string ToString() => $"{Page}({Line})";
}
