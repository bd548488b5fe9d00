using System.Text.RegularExpressions;
using Hebb.Architecture.Tests.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace Hebb.Architecture.Tests.Rules;

/// <summary>
/// In whose words the library speaks of settings: as C# gives them, such as <c>Drop = ["id"]</c>, which the tool says as <c>--drop id</c>.
/// </summary>
internal static partial class Settings
{
    /// <summary>Texts of the library that hold an option of a command line.</summary>
    public static IEnumerable<string> Options(CodeBase code) =>
        from text in Texts(code.Library)
        let option = Option().Match(text.Text)
        where option.Success
        select $"{text.Place}: '{option.Value}' is typed in the tool; say the setting as C# gives it, such as Drop = [\"id\"].";

    /// <summary>Settings in texts of the library that the tool has no option for.</summary>
    public static IEnumerable<string> Untranslated(CodeBase code)
    {
        HashSet<string> options = [.. Texts(code.Files.Where(file => file.Path.StartsWith("apps/", StringComparison.Ordinal)))
            .Select(text => text.Text).Where(text => Option().Match(text).Length == text.Length)];
        return from text in Texts(code.Library)
               from setting in Setting().Matches(text.Text)
               let option = "--" + (setting.Groups[2].Value == "false" ? "no-" : "") + Kebab(setting.Groups[1].Value)
               where !options.Contains(option)
               select $"{text.Place}: the tool would say '{setting.Value}' as {option}, which it does not have.";
    }

    private static string Kebab(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"-{c}" : $"{c}")).ToLowerInvariant();

    private static IEnumerable<(string Text, string Place)> Texts(IEnumerable<SourceFile> files) =>
        from file in files
        from token in file.Tree.GetRoot().DescendantTokens()
        where token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
        select (token.ValueText, file.Place(token.Parent!));

    [GeneratedRegex(@"--[a-z][a-z-]*")]
    private static partial Regex Option();

    /// <summary>A name and what begins its value; where the text ends there, a value is put in. The texts of records are none.</summary>
    [GeneratedRegex("""(?<!\{ )\b([A-Z]\w*) = ($|\["|"|'|true|false|[A-Z]\w*\.[A-Z])""")]
    private static partial Regex Setting();
}
