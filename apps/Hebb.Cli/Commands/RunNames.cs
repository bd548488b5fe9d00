namespace Hebb.Cli;

/// <summary>Names of new run folders.</summary>
internal static class RunNames
{
    private const int LongestModel = 60;

    /// <summary>runs/DATA-MODEL</summary>
    public static string Of(string data, string model) =>
        Path.Combine("runs", $"{Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(data))}-{Plain(model)}");

    /// <summary>A model's name, or of its layers the letters and numbers, as a part of a file's name.</summary>
    private static string Plain(string model)
    {
        string plain = string.Join('-', model.Split([' ', '[', ']', '*'], StringSplitOptions.RemoveEmptyEntries));
        return plain.Length <= LongestModel ? plain : plain[..LongestModel];
    }
}
