namespace Hebb.Data;

/// <summary>
/// What of a folder of data counts: not what is hidden, nor what systems leave behind (Thumbs.db, desktop.ini, __MACOSX), nor the files
/// README and LICENSE with any ending.
/// </summary>
internal sealed class DataFolder
{
    private const int MostNamed = 5;

    private static readonly string[] s_silent = ["Thumbs.db", "desktop.ini", ".DS_Store"], s_notes = ["README", "LICENSE"];

    private readonly List<string> _passedOver = [];

    public DataFolder(string path)
    {
        Path = path;
        Files = Counting(Directory.EnumerateFiles(path), isFile: true);
        Folders = Counting(Directory.EnumerateDirectories(path), isFile: false);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The paths of the files that count, in ordinal order.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>The paths of the folders that count, in ordinal order.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>What was passed over, in a sentence; empty if nothing was but what every folder may have.</summary>
    /// <param name="folder">The folder that was given.</param>
    /// <param name="read">All folders that were read for it, itself among them.</param>
    /// <param name="others">What else was not read.</param>
    public static IReadOnlyList<string> Notices(string folder, IEnumerable<DataFolder> read, params IEnumerable<string> others)
    {
        string[] names =
            [.. read.SelectMany(one => one._passedOver).Concat(others).Select(path => System.IO.Path.GetRelativePath(folder, path))];
        string named = string.Join(", ", names.Take(MostNamed).Select(name => $"'{name}'"));
        return names.Length == 0 ? []
            : [$"'{folder}': {named}{(names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "")} "
                + $"{(names.Length == 1 ? "was" : "were")} passed over and not read; rename what belongs to the data."];
    }

    private string[] Counting(IEnumerable<string> paths, bool isFile)
    {
        List<string> counting = [];
        foreach (string path in paths.Order(StringComparer.Ordinal))
        {
            string name = System.IO.Path.GetFileName(path);
            if (s_silent.Contains(name)) continue;
            bool isNote = isFile && s_notes.Contains(name.Split('.')[0], StringComparer.OrdinalIgnoreCase);
            (isNote || name.StartsWith('.') || name == "__MACOSX" ? _passedOver : counting).Add(path);
        }
        return [.. counting];
    }
}
