namespace Hebb.Files;

/// <summary>The texts of one column of a CSV file, row after row; no more than one is held in memory.</summary>
public static class CsvTexts
{
    /// <summary>Reads a file of any size, packed with gzip or not, row after row as they are asked for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">The column, by its name, or by its number from 1; a file with one column needs not have that name.</param>
    /// <param name="options">Separator and header; null finds out from the file.</param>
    /// <param name="notice">Told, in a sentence, what was assumed about the file where it does not say for sure.</param>
    /// <exception cref="FormatException">
    /// The file is no CSV file, has no such column, or a cell of it is empty; the message names the place. All rows before have been given.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IEnumerable<string> Stream(string path, string column, CsvOptions? options = null, Action<string>? notice = null)
    {
        options ??= new CsvOptions();
        using CsvFile file = CsvFile.Open(path, options with
        {
            Limit = long.MaxValue,
            KnownHeader = CsvOptions.HeaderWith(column),
        });
        int place = CsvTable.IndexOf(file.Names, column) is var found and >= 0 ? found
            : file.Names.Length == 1 ? 0
            : throw CsvTable.NoSuchColumn(file.Name, file.Names, column);
        foreach (string assumed in file.Notices) notice?.Invoke(assumed);
        while (file.Next())
        {
            string text = file[place].ToString();
            if (text.Length == 0)
                throw CsvTable.CellError(
                    file.Name, file.Line, place + 1, file.Names[place], "nothing", "a text", "fill the cell or take the row away");
            yield return text;
        }
    }
}
