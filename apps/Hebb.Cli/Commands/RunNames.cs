namespace Hebb.Cli;

/// <summary>Names of new run folders.</summary>
internal static class RunNames
{
    /// <summary>runs/DATA-MODEL, or the first of runs/DATA-MODEL-2, -3, ... that does not exist: a run never overwrites another.</summary>
    public static string Free(string data, string model)
    {
        string name = Path.Combine("runs", $"{Path.GetFileNameWithoutExtension(data)}-{model}"), free = name;
        for (int i = 2; Directory.Exists(free); i++) free = $"{name}-{i}";
        return free;
    }
}
