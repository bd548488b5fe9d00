using Hebb.Files;

namespace Hebb.Data;

/// <summary>What to know for loading a data set by its name.</summary>
public sealed record DataOptions
{
    /// <summary>The folder in which known sets lie, each in a folder of its own. Built-in sets do not need it.</summary>
    public string? Root { get; init; }

    /// <summary>Chooses which samples train, validate and test, and which samples a generated set has. Default: 0.</summary>
    public ulong SplitSeed { get; init; }

    /// <summary>For CSV files: the column to predict, by name or by number from 1.</summary>
    public string? Target { get; init; }

    /// <summary>For CSV files: whether the first row names the columns; null finds out.</summary>
    public bool? Header { get; init; }

    /// <summary>For CSV files: the character between cells; null finds out, see <see cref="CsvOptions.Separator"/>.</summary>
    public char? Separator { get; init; }

    /// <summary>For CSV files: what stands before the decimals of numbers, a point or a comma; null, the default, is a point.</summary>
    public char? Decimal { get; init; }

    /// <summary>For CSV files: columns, by name or number, that are categories even if their cells are numbers.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>For CSV files: columns, by name or number, that are left out; not the target.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>
    /// For CSV files: the column of texts, by name or number, from which alone the target is to be predicted; null if the columns are
    /// measurements and categories.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>For tables: what becomes of missing numbers. Default: the median of the training rows.</summary>
    public MissingNumbers Missing { get; init; } = MissingNumbers.Median;

    /// <summary>For tables: categorical columns, by name or number, that are embedded; see <see cref="TableOptions.Embed"/>.</summary>
    public IReadOnlyList<string> Embed { get; init; } = [];

    /// <summary>
    /// For folders of images: the size to which all are resized, 1 to 16,384 pixels a side; null asks for images of one size.
    /// </summary>
    public (int Height, int Width)? ImageSize { get; init; }

    /// <summary>For folders of images: what shows through transparent pixels; null is the model's background, or white.</summary>
    public Rgb? Background { get; init; }

    /// <summary>For folders of images: what reads the files. Default: PNG, PGM and PPM.</summary>
    public ImageFormats ImageFormats { get; init; } = ImageFormats.BuiltIn;

    /// <summary>For images: the encoding of a trained model, used instead of one fitted to the training part.</summary>
    public ImageEncoding? Images { get; init; }

    /// <summary>For tables: the schema of a trained model, used instead of one fitted to the training part.</summary>
    public TableSchema? Table { get; init; }

    /// <summary>With <see cref="Table"/>: what becomes of categories that the model was not trained on. Default: an error.</summary>
    public UnknownCategories Unknown { get; init; }

    /// <summary>For texts: what cuts them into tokens, if no encoding is given. Default: words in lower case.</summary>
    public ITokenizer Tokenizer { get; init; } = new WordTokenizer();

    /// <summary>For texts: the encoding of a trained model, used instead of one fitted to the training part.</summary>
    public TextEncoding? Texts { get; init; }

    /// <summary>Whether the data are read for a model that has been trained.</summary>
    internal bool IsForModel => Table is not null || Images is not null || Texts is not null;

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(DataOptions), PrintMembers);

    /// <summary>Refuses what is asked of a set for the first time, although it has a target of its own and perhaps no columns.</summary>
    internal void RequireFit(string name, bool hasColumns)
    {
        if (IsForModel) return;
        if ((Target ?? Text) is { } column)
            throw new ArgumentException($"'{name}' has samples and a target of its own, and the column '{column}' was named; "
                + "name no column, or give the path of a CSV file.");
        if (!hasColumns && (string[])[.. Drop, .. Categorical, .. Embed] is [var first, ..])
            throw new ArgumentException($"'{name}' has no columns of a file, and '{first}' was named; "
                + "name none to drop, to embed or to take for categories.");
    }
}
