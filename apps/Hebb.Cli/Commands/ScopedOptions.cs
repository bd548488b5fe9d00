using System.Collections;
using System.CommandLine;
using System.CommandLine.Parsing;
using Hebb.Data;

namespace Hebb.Cli;

/// <summary>Options, each with the kinds of data that it applies to. Given with other data it is refused, by every command alike.</summary>
internal sealed class ScopedOptions : IEnumerable<Option>
{
    /// <summary>Data that are read from CSV files.</summary>
    public const DataKind Csv = DataKind.CsvTable | DataKind.CsvTexts;

    /// <summary>Data that have columns of measurements and categories.</summary>
    public const DataKind Tables = DataKind.CsvTable | DataKind.KnownTable;

    /// <summary>Data that are texts.</summary>
    public const DataKind Texts = DataKind.CsvTexts | DataKind.TextFolder | DataKind.KnownTexts;

    private readonly List<(Option Option, DataKind Kinds)> _options = [];

    public void Add(Option option, DataKind kinds) => _options.Add((option, kinds));

    public void Add(ScopedOptions others) => _options.AddRange(others._options);

    public void AddTo(Command command)
    {
        foreach (Option option in this) command.Options.Add(option);
    }

    /// <summary>Refuses the first option that was given and does not apply; of data that are not there, loading tells.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="kind">The kind of the data.</param>
    /// <param name="data">What the data are, such as "'xor' is".</param>
    public void Require(ParseResult parsed, DataKind kind, string data)
    {
        foreach ((Option option, DataKind kinds) in _options)
            Usage.Require(kind == DataKind.None || (kinds & kind) != 0 || parsed.GetResult(option) is not { Implicit: false },
                $"{option.Name} was given, but {data} {Noun(kind)}, to which it does not apply; leave it out.");
    }

    /// <inheritdoc/>
    public IEnumerator<Option> GetEnumerator() => _options.Select(scoped => scoped.Option).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Noun(DataKind kind) => kind switch
    {
        DataKind.Generated => "a set without files",
        DataKind.KnownImages => "a set of images that are ready",
        DataKind.KnownTable => "a table whose target is known",
        DataKind.KnownTexts => "a set of texts that are ready",
        DataKind.CsvTable => "a table",
        DataKind.CsvTexts => "a table of texts",
        DataKind.ImageFolder => "images",
        _ => "texts",
    };
}
