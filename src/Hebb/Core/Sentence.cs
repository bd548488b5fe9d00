namespace Hebb;

/// <summary>The sentences of errors, for those that pass them on as parts of their own.</summary>
internal static class Sentence
{
    /// <summary>What an error says, without the name of a parameter, which means nothing to another caller.</summary>
    public static string Of(Exception error)
    {
        ArgumentNullException.ThrowIfNull(error);
        string ending = error is ArgumentException { ParamName: { } name } ? $" (Parameter '{name}')" : "";
        string text = error.Message;
        return ending.Length > 0 && text.EndsWith(ending, StringComparison.Ordinal) ? text[..^ending.Length] : text;
    }
}
