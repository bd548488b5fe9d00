using Hebb.Files;

namespace Hebb.Data;

/// <summary>Texts with their classes, as files hold them, on their way to a parted set.</summary>
/// <param name="Texts">The texts.</param>
/// <param name="Classes">The class of each.</param>
/// <param name="Names">The names of the classes.</param>
internal sealed record LabeledTexts(IReadOnlyList<string> Texts, int[] Classes, IReadOnlyList<string> Names)
{
    private const int MostClasses = 10_000;

    /// <summary>What was assumed, or is odd.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The lines of some files, one file a class.</summary>
    public static LabeledTexts OfFiles(IReadOnlyList<(string Class, string Path)> files)
    {
        List<string> texts = [];
        List<int> classes = [];
        for (int i = 0; i < files.Count; i++)
        {
            texts.AddRange(TextLines.Read(files[i].Path));
            while (classes.Count < texts.Count) classes.Add(i);
        }
        return new LabeledTexts(texts, [.. classes], [.. files.Select(file => file.Class)]);
    }

    /// <summary>Whether a file's name ends as that of a file of texts.</summary>
    public static bool IsText(string path) =>
        path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".txt.gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>A folder with a file NAME.txt, packed with gzip or not, for each class.</summary>
    public static LabeledTexts OfFolder(string folder)
    {
        DataFolder all = new(folder);
        (string Class, string Path)[] files =
            [.. all.Files.Where(IsText).Select(path => (Name(path), path)).OrderBy(file => file.Item1, StringComparer.Ordinal)];
        if (files.Length is < 2 or > MostClasses)
            throw new FormatException(Below(all) is { } below && files.Length == 0 ? below
                : $"'{folder}' has {(files.Length > MostClasses ? "more than 10,000" : files.Length)} text files and no images; "
                    + "give a folder with 2 or more, CLASS.txt for each class, a text on each line, or with folders of images.");
        string? twice = files.Zip(files.Skip(1)).FirstOrDefault(pair => pair.First.Class == pair.Second.Class).First.Class;
        if (twice is not null) throw new FormatException($"'{folder}' has two files for the class '{twice}'; give one for each class.");
        IEnumerable<string> others = all.Files.Where(path => !IsText(path)).Concat(all.Folders);
        return OfFiles(files) with { Notices = DataFolder.Notices(folder, [all], others) };
        static string Name(string path) =>
            Path.GetFileName(path)[..Path.GetFileName(path).LastIndexOf(".txt", StringComparison.OrdinalIgnoreCase)];
    }

    /// <summary>Where the data of a folder without any seem to be, one folder down, and what to give then; null if nowhere.</summary>
    private static string? Below(DataFolder folder)
    {
        foreach (DataFolder inner in folder.Folders.Select(path => new DataFolder(path)))
        {
            if (inner.Files.FirstOrDefault(IsText) is { } text)
                return $"'{folder.Path}' has folders of text files, such as '{text}', and texts are read from a file CLASS.txt for each "
                    + $"class, with a text on each line; give '{inner.Path}' if its files are the classes, or else join them to "
                    + $"'{inner.Path}.txt', and so on.";
            if (inner.Folders.FirstOrDefault() is { } deeper)
                return $"'{folder.Path}' has folders in its folders, such as '{deeper}', and the folders of classes are wanted; "
                    + $"give '{inner.Path}' if its folders are the classes.";
        }
        return null;
    }

    /// <summary>A column of texts and a column of classes.</summary>
    public static LabeledTexts OfTable(CsvTable table, string text, string target)
    {
        CsvColumn texts = table.Column(text), classes = table.Column(target);
        if (texts.Number == classes.Number)
            throw new FormatException($"'{table.Name}' was to have both texts and classes in the column '{texts.Name}'; name two columns.");
        TableNotices.RequireClasses(table, classes);
        for (int row = 0; row < table.RowCount; row++)
        {
            foreach (CsvColumn column in (CsvColumn[])[texts, classes])
            {
                if (column.Codes[row] < 0)
                {
                    throw table.Error(row, column, table.Missing(row, column), column == texts ? "a text" : "a class",
                        "fill the cell or take the row away");
                }
            }
        }
        return new LabeledTexts(
            [.. texts.Codes.ToArray().Select(code => texts.Categories[code])], classes.Codes.ToArray(), classes.Categories);
    }

    /// <summary>Parts the texts by class, and encodes them as the options say or by what is fitted to the training part.</summary>
    public DataBundle Part(string name, DataOptions options)
    {
        Split split = Splits.Stratified(Classes, options.SplitSeed);
        TextEncoding encoding = options.Texts ?? TextEncoding.Fit(Texts, split.Train, new TextOptions { Tokenizer = options.Tokenizer });
        TextDataset all = new(Texts, Classes, Names, encoding);
        return new DataBundle(name, new Subset(all, split.Train), new Subset(all, split.Validation), new Subset(all, split.Test))
        {
            Texts = encoding,
            Notices = Notices,
        };
    }
}
