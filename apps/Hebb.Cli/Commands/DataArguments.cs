using System.CommandLine;
using Hebb.Data;
using Hebb.Files;

namespace Hebb.Cli;

/// <summary>The options that say where data come from and how they are parted.</summary>
internal sealed class DataArguments
{
    private readonly Option<string?> _root =
        new("--data-root") { Description = "The folder with known data sets; the environment variable HEBB_DATA by default." };
    private readonly Option<ulong?> _split =
        SharedOptions.Number<ulong>("--split-seed", "Which samples train, validate and test; 0 by default.");
    private readonly Option<string?> _target = new("--target") { Description = "For CSV files: the column to predict, by name or number." };
    private readonly Option<string?> _text =
        new("--text") { Description = "For CSV files: the column of texts to predict from, by name or number." };
    private readonly Option<string> _tokenizer = new("--tokenizer")
    {
        Description = $"What cuts texts into tokens: {string.Join(", ", Tokenizers.Names)}.",
        DefaultValueFactory = _ => new WordTokenizer().Name,
    };
    private readonly Option<string?> _categorical =
        new("--categorical") { Description = "For CSV files: columns that are categories even if they hold numbers, as in a,b." };
    private readonly Option<string?> _drop = new("--drop") { Description = "For tables: columns to leave out, as in a,b." };
    private readonly ReadingArguments _reading = new();
    private readonly ScopedOptions _scoped;
    private readonly Option<string?> _missing = new("--missing")
    {
        Description = "For tables: what becomes of missing numbers: "
            + "median (the default), mean, indicator (the median, and an input that tells), or refuse.",
    };
    private readonly Option<string?> _embed = new("--embed")
    {
        Description = "For tables: categorical columns whose categories become trained vectors, as in a,b, or * for all.",
    };

    private readonly Option<(int, int)?> _size = SharedOptions.Size(
        "For folders of images: the rows and columns to which all are resized, as in 28x28; "
        + "evaluate and predict then resize too. By default all must have one size.");
    private readonly Option<Rgb?> _background = SharedOptions.Background(
        "For folders of images: what shows through transparent pixels, '#rrggbb' or a gray level from 0 to 255; white by default.");

    /// <summary>The folder with known sets, without any parse: HEBB_DATA.</summary>
    public static string? DefaultRoot => Environment.GetEnvironmentVariable("HEBB_DATA") is { Length: > 0 } root ? root : null;

    public DataArguments() => _scoped = new ScopedOptions
    {
        { _target, ScopedOptions.Csv },
        { _text, DataKind.CsvTexts },
        { _tokenizer, ScopedOptions.Texts },
        _reading.Files,
        { _categorical, ScopedOptions.Tables },
        { _drop, ScopedOptions.Tables },
        { _missing, ScopedOptions.Tables },
        { _embed, ScopedOptions.Tables },
        { _size, DataKind.ImageFolder },
        { _background, DataKind.ImageFolder },
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_root);
        command.Options.Add(_split);
        _scoped.AddTo(command);
    }

    /// <summary>Says what was assumed about data, and what is odd about them.</summary>
    public static void Show(IEnumerable<string> notices, TextWriter errors)
    {
        foreach (string notice in notices) errors.WriteLine($"hebb: {ErrorText.Of(notice)}");
    }

    /// <summary>The options for loading some data, all of which apply to them.</summary>
    public DataOptions Read(ParseResult parsed, string data)
    {
        TableReading reading = _reading.Read(parsed);
        string? root = parsed.GetValue(_root);
        Usage.Require(root is null || Directory.Exists(root),
            $"--data-root is '{root}', which is no folder; name the folder that holds the data sets.");
        DataOptions options = new()
        {
            Root = root ?? DefaultRoot,
            SplitSeed = parsed.GetValue(_split) ?? 0,
            Target = parsed.GetValue(_target),
            Text = parsed.GetValue(_text),
            Tokenizer = Usage.Of(() => Tokenizers.Named(parsed.GetValue(_tokenizer)!)),
            Header = reading.Header,
            Separator = reading.Separator,
            Decimal = reading.Decimal,
            Categorical = Names(parsed, _categorical),
            Drop = Names(parsed, _drop),
            Missing = Missing(parsed.GetValue(_missing)),
            Embed = Names(parsed, _embed),
            ImageSize = parsed.GetValue(_size),
            Background = parsed.GetValue(_background),
            ImageFormats = Jpeg.Formats,
        };
        _scoped.Require(parsed, DataCatalog.KindOf(data, options), $"'{data}' is");
        return options;
    }

    private static string[] Names(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text) return [];
        string[] names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Usage.Require(names.Length > 0, $"{option.Name} is '{text}', but it must name columns, as in a,b.");
        return names;
    }

    private static MissingNumbers Missing(string? text) => text switch
    {
        null or "median" => MissingNumbers.Median,
        "mean" => MissingNumbers.Mean,
        "indicator" => MissingNumbers.Indicator,
        "refuse" => MissingNumbers.Refuse,
        _ => throw new UsageException($"--missing is '{text}', but it must be one of median, mean, indicator and refuse."),
    };
}
