using Hebb.Files;

namespace Hebb.Data;

/// <summary>All data sets that are known by name, and CSV files and folders of texts by their path.</summary>
public static class DataCatalog
{
    /// <summary>The known sets: first those that are built in, then those that are read from files.</summary>
    public static IReadOnlyList<DataEntry> Entries { get; } =
        [.. BuiltInSets.Entries, .. KnownImages.Entries, .. KnownTables.Entries, .. KnownTexts.Entries];

    /// <summary>Loads a known set by its name, or a CSV file or a folder of texts by its path.</summary>
    /// <param name="nameOrPath">
    /// A name of <see cref="Entries"/>, a CSV file (packed with gzip or not), or a folder that holds a file CLASS.txt for each class, with
    /// a text on each line.
    /// </param>
    /// <param name="options">Root, split seed, and for CSV files the target.</param>
    /// <exception cref="ArgumentException">
    /// There is neither a set nor a file nor a folder of that name, or a CSV file comes without a target.
    /// </exception>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="FormatException">A file is damaged.</exception>
    public static DataBundle Load(string nameOrPath, DataOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        options ??= new DataOptions();
        if (Find(nameOrPath) is DataEntry entry) return entry.Load(options);
        DataBundle data = LoadPath(nameOrPath, options);
        return data with { Sha256 = SampleHash.Of(data.Train, data.Validation, data.Test) };
    }

    /// <summary>The known set of that name, or null.</summary>
    public static DataEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    private static DataBundle LoadPath(string path, DataOptions options)
    {
        if (Directory.Exists(path)) return LabeledTexts.OfFolder(path).Part(path, options);
        if (File.Exists(path) || Path.HasExtension(path)) return LoadCsv(path, options);
        throw new ArgumentException($"There is no data set '{path}'; "
            + $"give one of {string.Join(", ", Entries.Select(known => known.Name))}, or the path of a CSV file or of a folder of texts.");
    }

    private static DataBundle LoadCsv(string path, DataOptions options)
    {
        if (options.Table is not null) return TableBundle.Make(path, options.Table.Read(path), null, null, options);
        if (options.Target is null)
            throw new ArgumentException(
                $"'{path}' is a CSV file and no target is given; name the column to predict, by its name or its number.");
        if (options.Text is { } text)
        {
            CsvTable texts = Csv.Read(path, new CsvOptions
            {
                Separator = options.Separator,
                Header = options.Header,
                KnownHeader = first =>
                    first.Contains(text, StringComparer.Ordinal) || first.Contains(options.Target, StringComparer.Ordinal),
                Categorical = [text, options.Target],
            });
            return LabeledTexts.OfTable(texts, text, options.Target).Part(path, options);
        }
        CsvTable table = Csv.Read(
            path, new CsvOptions { Separator = options.Separator, Header = options.Header, Categorical = options.Categorical });
        return TableBundle.Make(path, table, null, new TableOptions { Target = options.Target }, options);
    }
}
