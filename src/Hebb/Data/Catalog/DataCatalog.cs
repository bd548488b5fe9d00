using Hebb.Files;

namespace Hebb.Data;

/// <summary>All data sets that are known by name, and CSV files and folders of texts or images by their path.</summary>
public static class DataCatalog
{
    /// <summary>The known sets: first those that are built in, then those that are read from files.</summary>
    public static IReadOnlyList<DataEntry> Entries { get; } =
        [.. BuiltInSets.Entries, .. KnownImages.Entries, .. KnownTables.Entries, .. KnownTexts.Entries];

    /// <summary>Loads a known set by its name, or a CSV file or a folder of texts or images by its path.</summary>
    /// <param name="nameOrPath">
    /// A name of <see cref="Entries"/>, a CSV file (packed with gzip or not), or a folder that holds for each class either a file
    /// CLASS.txt, with a text on each line, or a folder of images: PNG, PGM, PPM and what the options' formats add.
    /// </param>
    /// <param name="options">Root, split seed, for CSV files the target, and for images size and background.</param>
    /// <exception cref="ArgumentException">
    /// There is neither a set nor a file nor a folder of that name, or a CSV file comes without a target, or something that is no folder of
    /// images with a size or a background for images.
    /// </exception>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    /// <exception cref="FormatException">
    /// A file is damaged, or a folder holds both texts and images, fewer than two classes, or images of several sizes and none was named.
    /// </exception>
    public static DataBundle Load(string nameOrPath, DataOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        options ??= new DataOptions();
        DataEntry? entry = Find(nameOrPath);
        DataKind kind = KindOf(nameOrPath, options);
        bool areImages = kind == DataKind.ImageFolder, isFolder = areImages || kind == DataKind.TextFolder;
        if (!areImages && kind != DataKind.None && (options.ImageSize is not null || options.Background is not null))
        {
            throw new ArgumentException(
                $"A size or a background for images was given, but '{nameOrPath}' is no folder of images; leave it out.");
        }
        if (entry is not null) return entry.Load(options);
        if (isFolder) options.RequireFit(nameOrPath, hasColumns: false);
        DataBundle data = areImages ? LabeledImages.OfFolder(nameOrPath, options).Part(options)
            : isFolder ? LabeledTexts.OfFolder(nameOrPath).Part(nameOrPath, options)
            : LoadFile(nameOrPath, options);
        if (!options.IsForModel)
        {
            // A table says what is odd about its classes of its columns, as they are in the file.
            IEnumerable<string> classes = data.Table is null ? ClassNotices.Of(data) : [];
            string[] few = Unparted(data) is { } sentence ? [sentence] : [];
            data = data with { Notices = [.. data.Notices, .. classes, .. few] };
        }
        return data with { Sha256 = SampleHash.Of(data.Train, data.Validation, data.Test) };
    }

    /// <summary>The known set of that name, or null.</summary>
    public static DataEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    /// <summary>What <see cref="Load"/> finds under a name or a path, without reading it.</summary>
    /// <param name="nameOrPath">A name of <see cref="Entries"/> or a path.</param>
    /// <param name="options">The column of texts and the formats of images; null if neither is given.</param>
    public static DataKind KindOf(string nameOrPath, DataOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(nameOrPath);
        options ??= new DataOptions();
        if (Find(nameOrPath) is { } entry) return entry.Kind;
        if (File.Exists(nameOrPath)) return options.Text is null ? DataKind.CsvTable : DataKind.CsvTexts;
        if (!Directory.Exists(nameOrPath)) return DataKind.None;
        return LabeledImages.AreIn(nameOrPath, options.ImageFormats) ? DataKind.ImageFolder : DataKind.TextFolder;
    }

    private static DataBundle LoadFile(string path, DataOptions options)
    {
        if (File.Exists(path) || Path.HasExtension(path))
        {
            if (!File.Exists(path)) throw ByteSource.NoFile(path);
            string? folder = options.Images is not null || options.ImageFormats.Knows(path) ? "a folder of images"
                : options is { Texts: not null, Text: null } ? "a file CLASS.txt of texts" : null;
            if (folder is not null) throw new FormatException($"'{path}' is one file; give a folder with {folder} for each class.");
            // What is no text is told before its target is asked for.
            TextBytes.Require(path);
            return LoadCsv(path, options);
        }
        throw new ArgumentException($"There is no data set '{path}'; "
            + $"give one of {string.Join(", ", Entries.Select(known => known.Name))}, "
            + "or the path of a CSV file or of a folder of texts or images.");
    }

    private static DataBundle LoadCsv(string path, DataOptions options)
    {
        TableReading reading = new() { Separator = options.Separator, Header = options.Header, Decimal = options.Decimal };
        if (options.Table is not null)
        {
            CsvTable rows = options.Table.Read(path, reading);
            return TableBundle.Make(path, rows, null, null, options) with { Notices = rows.Notices };
        }
        if (options.Target is not { } target)
            throw new ArgumentException(
                $"'{path}' is a CSV file and no target is given; "
                + "name the column to predict, or give its number, as in Target = \"price\".");
        string[] named = [target, .. options.Text is { } text ? [text] : options.Categorical.Concat(options.Drop).Concat(options.Embed)];
        CsvOptions csv = reading.Csv with { KnownHeader = CsvOptions.HeaderWith(named) };
        return options.Text is null ? LoadTable(path, target, csv, options) : LoadTexts(path, options.Text, target, csv, options);
    }

    private static DataBundle LoadTexts(string path, string text, string target, CsvOptions csv, DataOptions options)
    {
        CsvTable table = Csv.Read(path, csv with { Categorical = [target], Texts = [text], Others = CsvKind.Dropped });
        LabeledTexts texts = LabeledTexts.OfTable(table, text, target);
        if (options.IsForModel) return texts.Part(path, options) with { Notices = table.Notices };
        if (!options.Categorical.Any(name => table.Find(name) == table.Column(target)))
            TextNotices.RequireClasses(table, table.Column(target));
        IEnumerable<string> odd = TextNotices.Of(table, table.Column(text), table.Column(target));
        return texts.Part(path, options) with { Notices = [.. table.Notices, .. odd] };
    }

    /// <summary>What to say of a set that is too small to be parted; null if it is not.</summary>
    private static string? Unparted(DataBundle data)
    {
        string? missing = data.Test.Count > 0 ? data.Validation.Count > 0 ? null : "validate" : "test";
        string classes = data.Target.IsClass ? $" of {data.Target.Width} classes" : "";
        return missing is null ? null : $"'{data.Name}' has {data.Count} samples{classes}, of which none are left to {missing}; "
            + (data.Target.IsClass ? "give 4 or more of a class." : "give 4 or more.");
    }

    private static DataBundle LoadTable(string path, string target, CsvOptions csv, DataOptions options)
    {
        CsvTable table = Csv.Read(path, csv with { Categorical = options.Categorical, Drop = options.Drop });
        TableOptions columns = new() { Target = target };
        return TableBundle.Make(path, table, null, columns, options) with
        {
            Notices = TableSchema.Examine(table, columns with { Embed = options.Embed }),
        };
    }
}
