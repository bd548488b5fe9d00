using Hebb.Files;

namespace Hebb.Data;

/// <summary>How files are read whose rows a trained model gets.</summary>
public sealed record TableReading
{
    /// <summary>The character between cells; null, the default, finds out.</summary>
    public char? Separator { get; init; }

    /// <summary>Whether the first row names the columns; null, the default, finds out.</summary>
    public bool? Header { get; init; }

    /// <summary>What stands before the decimals of numbers, a point or a comma; null, the default, is a point.</summary>
    public char? Decimal { get; init; }

    /// <summary>What becomes of categories that training did not know. Default: an error.</summary>
    public UnknownCategories Unknown { get; init; }

    /// <summary>The same for the reader of CSV files.</summary>
    internal CsvOptions Csv => new() { Separator = Separator, Header = Header, Decimal = Decimal ?? '.' };
}
