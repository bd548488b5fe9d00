namespace Hebb.Cli;

/// <summary>Names of new run folders.</summary>
internal static class RunNames
{
    private const int LongestModel = 60;

    /// <summary>runs/DATA-MODEL, or the first of runs/DATA-MODEL-2, -3, ... that does not exist: a run never overwrites another.</summary>
    public static string Free(string data, string model)
    {
        string name = Path.Combine("runs", $"{Path.GetFileNameWithoutExtension(data)}-{Plain(model)}"), free = name;
        for (int i = 2; Directory.Exists(free); i++) free = $"{name}-{i}";
        return free;
    }

    /// <summary>A model's name, or of its layers the letters and numbers, as a part of a file's name.</summary>
    private static string Plain(string model)
    {
        string plain = string.Join('-', model.Split([' ', '[', ']', '*'], StringSplitOptions.RemoveEmptyEntries));
        return plain.Length <= LongestModel ? plain : plain[..LongestModel];
    }
}
