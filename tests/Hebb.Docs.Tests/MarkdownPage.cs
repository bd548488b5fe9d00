using System.Text.RegularExpressions;

namespace Hebb.Docs.Tests;

/// <summary>
/// Finds the C# in a page. A comment before a block tells more of it: <c>&lt;!-- run --&gt;</c> has it run, and its output compared with a
/// block of <c>text</c> right after it; <c>&lt;!-- continues --&gt;</c> puts the block before it in front; both may stand together.
/// </summary>
internal static partial class MarkdownPage
{
    private static readonly string[] s_words = ["run", "continues"];

    /// <summary>Pages of this repository that people read: the README and the guide.</summary>
    public static IEnumerable<string> All() => new[] { "README.md", "samples/README.md" }.Concat(
        Directory.EnumerateFiles(Repository.At("docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')).Order(StringComparer.Ordinal));

    /// <exception cref="FormatException">A block is not closed, or a comment before one is not understood.</exception>
    public static IReadOnlyList<Snippet> Snippets(string page, string text)
    {
        List<Snippet> found = [];
        List<Block> blocks = Blocks(page, text.ReplaceLineEndings("\n").Split('\n'));
        for (int i = 0; i < blocks.Count; i++)
        {
            Block block = blocks[i];
            if (block.Language != "csharp") continue;
            string[] words = block.Comment.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Except(s_words).FirstOrDefault() is { } strange)
            {
                throw new FormatException(
                    $"{page}({block.Line}): the comment before the code says '{strange}'; it may say {string.Join(" and ", s_words)}.");
            }

            bool runs = words.Contains("run");
            string before = !words.Contains("continues") ? "" : found.Count > 0 ? found[^1].Code
                : throw new FormatException($"{page}({block.Line}): no block of C# stands before this one, so that it could continue it.");
            string? output = runs && i + 1 < blocks.Count && blocks[i + 1] is { Language: "text", FollowsDirectly: true } next ? next.Text
                : null;
            found.Add(new(page, block.Line, before + block.Text, runs, output));
        }

        return found;
    }

    /// <summary>Blocks of one shell command that are followed by a block of text: what the command prints.</summary>
    /// <exception cref="FormatException">A block is not closed.</exception>
    public static IEnumerable<(string Command, string Output)> Commands(string page, string text)
    {
        List<Block> blocks = Blocks(page, text.ReplaceLineEndings("\n").Split('\n'));
        return blocks.Zip(blocks.Skip(1)).Where(
            pair => pair.First.Language == "sh" && pair.Second is { Language: "text", FollowsDirectly: true })
            .Select(pair => (pair.First.Text.Trim(), pair.Second.Text));
    }

    /// <summary>Targets of links that lead to a file of the repository.</summary>
    public static IEnumerable<string> Links(string text) =>
        Link().Matches(Fenced().Replace(text, "")).Select(match => match.Groups[1].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Select(target => target.Split('#')[0]);

    private static List<Block> Blocks(string page, string[] lines)
    {
        List<Block> blocks = [];
        string comment = "";
        bool directly = false;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                int end = Array.FindIndex(lines, i + 1, line => line.TrimEnd() == "```");
                if (end < 0) throw new FormatException($"{page}({i + 1}): the block that begins here is not closed.");
                blocks.Add(
                    new(lines[i][3..].Trim(), i + 2, string.Concat(lines[(i + 1)..end].Select(line => line + "\n")), comment, directly));
                (i, comment, directly) = (end, "", true);
            }
            else if (lines[i].Trim().Length > 0)
            {
                Match match = Comment().Match(lines[i]);
                comment = match.Success ? match.Groups[1].Value : "";
                directly = false;
            }
        }

        return blocks;
    }

    [GeneratedRegex(@"^<!--\s*(.*?)\s*-->\s*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    /// <summary>A fenced block; <paramref name="FollowsDirectly"/>: only blank lines are between it and the block before.</summary>
    private sealed record Block(string Language, int Line, string Text, string Comment, bool FollowsDirectly);
}
