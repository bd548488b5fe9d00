namespace Hebb.Data;

/// <summary>A data set that is known by name.</summary>
public sealed class DataEntry
{
    private readonly Func<DataOptions, DataBundle> _load;

    internal DataEntry(string name, string summary, IReadOnlyList<string> files, Func<DataOptions, DataBundle> load)
    {
        Name = name;
        Summary = summary;
        Files = files;
        _load = load;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public DataKind Kind { get; internal init; } = DataKind.Generated;

    /// <summary>What has been found good for training on the set; null if nothing is known.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>What the set is, in one line: samples, task, and what happens to missing values.</summary>
    public string Summary { get; }

    /// <summary>The files below the data root that the set needs; none if it is built in.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Whether the set can be loaded: it is built in, or all its files lie below the root.</summary>
    public bool IsPresent(string? root) =>
        Files.Count == 0 || (root is not null && Files.All(file => File.Exists(Path.Combine(root, file))));

    /// <summary>Reads or generates the set and parts it.</summary>
    /// <exception cref="FileNotFoundException">No root is given or a file is not there; the message names it.</exception>
    /// <exception cref="FormatException">A file is damaged; the message names the place.</exception>
    public DataBundle Load(DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.RequireFit(Name, hasColumns: Kind == DataKind.KnownTable);
        if (Files.Count > 0 && string.IsNullOrEmpty(options.Root))
            throw new FileNotFoundException(
                $"'{Name}' needs its files and no data root is given; name the folder that holds '{Files[0]}'.");
        foreach (string file in Files)
        {
            string path = Path.Combine(options.Root!, file);
            if (!File.Exists(path))
                throw new FileNotFoundException(
                    $"'{Name}' needs '{path}', which does not exist; correct the data root or put the file there.", path);
        }

        return _load(options) with { Recipe = Recipe };
    }
}
