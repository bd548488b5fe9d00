using System.Collections.Frozen;

namespace Hebb.Cli;

/// <summary>What went wrong, as a user of the tool reads it: one line, in which settings are called as they are typed.</summary>
internal static class ErrorText
{
    /// <summary>How the library calls settings in its errors, and how the tool does.</summary>
    public static FrozenDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        ["resize it or ask for it to be fitted"] = "resize it, or give --fit",
        ["no target is given; name the column to predict, by its name or its number"] =
            "no target is given; name the column to predict by --target, by its name or its number",
        ["no data root is given; name the folder that holds"] =
            "no folder of data sets is given; name by --data-root or HEBB_DATA the one with",
        ["correct the data root or put the file there"] = "correct --data-root or HEBB_DATA, or put the file there",
        ["check the separator"] = "check --separator",
        ["or make the column categorical"] = "or name the column in --categorical",
        ["read the column as categorical"] = "name the column in --categorical",
        ["read it as categorical, or leave it as it is"] = "name it in --categorical, or leave it out of --embed",
        ["by DataOptions.ImageSize"] = "by --size, such as --size 28x28",
        ["or raise the limit if it is meant to be that large"] = "or give a smaller one",
    }.ToFrozenDictionary();

    /// <summary>The message of an error.</summary>
    public static string Of(Exception error)
    {
        string text = PlainText.Of(error);
        foreach ((string library, string tool) in Words) text = text.Replace(library, tool, StringComparison.Ordinal);
        return text;
    }
}
