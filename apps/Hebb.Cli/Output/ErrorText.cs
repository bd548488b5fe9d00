using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Hebb.Cli;

/// <summary>What went wrong or was assumed, as a user of the tool reads it: one line that calls settings as they are typed.</summary>
internal static partial class ErrorText
{
    /// <summary>How the library calls in its errors what is no setting there, and how the tool does.</summary>
    public static FrozenDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        ["resize it or ask for it to be fitted"] = "resize it, or give --fit",
        ["no data root is given; name the folder that holds"] =
            "no folder of data sets is given; name by --data-root or HEBB_DATA the one with",
        ["correct the data root or put the file there"] = "correct --data-root or HEBB_DATA, or put the file there",
        ["by DataOptions.ImageSize"] = "by --size, such as --size 28x28",
        ["or raise the limit if it is meant to be that large"] = "or give a smaller one",
    }.ToFrozenDictionary();

    /// <summary>The message of an error.</summary>
    public static string Of(Exception error) => Of(PlainText.Of(error));

    /// <summary>A sentence of the library.</summary>
    public static string Of(string sentence)
    {
        foreach ((string library, string tool) in Words) sentence = sentence.Replace(library, tool, StringComparison.Ordinal);
        return PlainText.Of(Setting().Replace(Argument().Replace(sentence, ""), AsTyped));
    }

    /// <summary>What .NET writes behind the message of an argument that is wrong, which tells a user of the tool nothing.</summary>
    [GeneratedRegex(@" \(Parameter '[^']*'\)")]
    private static partial Regex Argument();

    /// <summary>A setting as C# gives it: lists of texts, a text, a character, true or false, or a member of an enum.</summary>
    [GeneratedRegex("""
        \b(?<name>[A-Z]\w*)\ =\ (?: \["(?<list>[^"]*)"(?:,\ "(?<list>[^"]*)")*\] | "(?<text>[^"]*)" | (?<char>'[^']+')
        | (?<true>true) | (?<false>false) | [A-Z]\w*\.(?<member>[A-Z]\w*) )
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Setting();

    /// <summary>Such as <c>--drop a,b</c> for <c>Drop = ["a", "b"]</c>, and <c>--no-header</c> for <c>Header = false</c>.</summary>
    private static string AsTyped(Match setting)
    {
        string option = Kebab(setting.Groups["name"].Value);
        if (setting.Groups["true"].Success) return $"--{option}";
        if (setting.Groups["false"].Success) return $"--no-{option}";
        string value = setting.Groups["list"] is { Success: true } list ? string.Join(',', list.Captures.Select(one => one.Value))
            : setting.Groups["member"] is { Success: true } member ? Kebab(member.Value)
            : setting.Groups["char"] is { Success: true } one ? one.Value
            : setting.Groups["text"].Value;
        return $"--{option} {value}";
    }

    private static string Kebab(string name) => Capital().Replace(name, "-$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Capital();
}
