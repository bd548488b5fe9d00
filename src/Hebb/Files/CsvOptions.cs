using System.Globalization;

namespace Hebb.Files;

/// <summary>How a CSV file is to be read. The defaults find out what they can from the file.</summary>
public sealed record CsvOptions
{
    /// <summary>
    /// The character between cells. Default, null: the one of comma, semicolon, tab and bar that cuts the first rows most alike.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// It is a quote or a line end, which have a meaning of their own, stands in numbers or words, or is half a character.
    /// </exception>
    public char? Separator
    {
        get;
        init => field = value is { } one && !CanSeparate(one)
            ? throw new ArgumentException(
                $"The separator of a CSV file is \\u{(int)one:x4}, but letters, digits, points, signs, quotes and line ends separate "
                + "no cells; give another character, such as a comma.", nameof(value))
            : value;
    }

    /// <summary>What stands before the decimals of numbers, a point or a comma. Default: a point.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public char Decimal
    {
        get;
        init => field = value is '.' or ',' ? value : throw new ArgumentException(
            $"'{value}' was to stand before decimals; give a point or a comma, as in Decimal = ','.", nameof(value));
    } = '.';

    /// <summary>
    /// Whether the first row names the columns. Default, null: it does if it has a text cell above numbers; where that does not tell, it
    /// does if none of its texts comes again although those of some column do, or if its numbers count up, as others
    /// would hardly do by chance, or are unlike those below, and <see cref="CsvTable.Notices"/> says what was assumed.
    /// </summary>
    public bool? Header { get; init; }

    /// <summary>The names of the columns of a file without a header; one for each. Default: column1, column2, ...</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Columns (by name, or by number from 1) whose cells are categories even if they are numbers.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Columns (by name, or by number from 1) whose cells must all be numbers or missing.</summary>
    public IReadOnlyList<string> Numeric { get; init; } = [];

    /// <summary>Columns (by name, or by number from 1) of texts: only an empty cell is missing.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Columns (by name, or by number from 1) that are not read, whatever their cells hold.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>The most bytes that a file packed with gzip may unpack to. Default: 256 MiB.</summary>
    public long Limit { get; init; } = 1L << 28;

    /// <summary>Whether a first row is known to be a header, before its look decides; null leaves it to the look.</summary>
    internal Func<string[], bool?>? KnownHeader { get; init; }

    /// <summary>Takes a first row for a header if it holds one of the names, unless that may be the number of a column.</summary>
    internal static Func<string[], bool?> HeaderWith(params string[] names) =>
        first => names.Intersect(first, StringComparer.Ordinal).Any(name => !IsPlace(name, first.Length)) ? true : null;

    /// <summary>Whether a character may stand between cells: it is no part of numbers, words and quotes.</summary>
    public static bool CanSeparate(char one) =>
        !(one is '"' or '\r' or '\n' or '.' or '+' or '-' || char.IsLetterOrDigit(one) || char.IsSurrogate(one));

    private static bool IsPlace(string name, int columns) =>
        NumberText.TryRead(name, NumberStyles.None, out int number) && number <= columns;

    /// <summary>What all columns are of which nothing is said; null for whatever their cells say.</summary>
    internal CsvKind? Others { get; init; }

    /// <summary>The kinds of the columns of the given names; null for whatever the cells say.</summary>
    internal Func<string[], CsvKind?[]>? Kinds { get; init; }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(CsvOptions), PrintMembers);
}
