using System.CommandLine;
using Hebb.Data;
using Hebb.Files;
using Hebb.Training;

namespace Hebb.Cli;

/// <summary>The options that say how CSV files are read; for a trained model, on top of what its run says.</summary>
internal sealed class ReadingArguments
{
    private readonly Option<bool> _header = new("--header") { Description = "For CSV files: the first row names the columns." };
    private readonly Option<bool> _noHeader = new("--no-header") { Description = "For CSV files: the first row is data." };
    private readonly Option<string?> _separator = new("--separator")
    {
        Description = "For CSV files: what stands between cells, such as ';' or tab; found out by default.",
    };
    private readonly Option<string?> _decimal = new("--decimal")
    {
        Description = "For CSV files: what stands before the decimals of numbers, a point or ',' for a comma; "
            + "as in training, else a point by default.",
    };
    private readonly Option<string?> _unknown = new("--unknown")
    {
        Description = "For tables: what becomes of a category that training did not know: "
            + "refuse (the default), missing (it counts as a missing cell), or zeros (none of the known ones).",
    };

    public ReadingArguments()
    {
        Files = new ScopedOptions
        {
            { _header, ScopedOptions.Csv }, { _noHeader, ScopedOptions.Csv }, { _separator, ScopedOptions.Csv },
            { _decimal, ScopedOptions.Csv },
        };
        ForRun = new ScopedOptions { Files, { _unknown, ScopedOptions.Tables } };
    }

    /// <summary>The options for reading a file for the first time.</summary>
    public ScopedOptions Files { get; }

    /// <summary>The options for reading other files as that was read which a model learned from.</summary>
    public ScopedOptions ForRun { get; }

    public TableReading Read(ParseResult parsed)
    {
        bool header = parsed.GetValue(_header), noHeader = parsed.GetValue(_noHeader);
        Usage.Require(!(header && noHeader), "--header and --no-header contradict each other; give one of them.");
        Usage.Require(parsed.GetValue(_decimal) is null || parsed.GetValue(_decimal) != parsed.GetValue(_separator),
            $"--separator and --decimal are both '{parsed.GetValue(_decimal)}'; give another separator, such as ';'.");
        return new TableReading
        {
            Separator = Separator(parsed.GetValue(_separator)),
            Header = header ? true : noHeader ? false : null,
            Decimal = Decimal(parsed.GetValue(_decimal)),
        };
    }

    /// <summary>What the command line says, and for the rest what the run says.</summary>
    public TableReading ReadOver(TrainedModel trained, ParseResult parsed)
    {
        TableReading given = Read(parsed);
        return new TableReading
        {
            Separator = given.Separator ?? trained.Reading.Separator,
            Header = given.Header ?? trained.Reading.Header,
            Decimal = given.Decimal ?? trained.Reading.Decimal,
            Unknown = Unknown(parsed.GetValue(_unknown)),
        };
    }

    private static char? Separator(string? text) => text switch
    {
        null => null,
        "tab" or "\t" => '\t',
        [var one] when CsvOptions.CanSeparate(one) => one,
        _ => throw new UsageException(
            $"--separator is '{text}', but it must be one character that is no part of words and numbers, or tab."),
    };

    private static char? Decimal(string? text) => text switch
    {
        null => null,
        "." or "," => text[0],
        _ => throw new UsageException($"--decimal is '{text}', but it must be a point or a comma."),
    };

    private static UnknownCategories Unknown(string? text) => text switch
    {
        null or "refuse" => UnknownCategories.Refuse,
        "missing" => UnknownCategories.Missing,
        "zeros" => UnknownCategories.Zeros,
        _ => throw new UsageException($"--unknown is '{text}', but it must be one of refuse, missing and zeros."),
    };
}
