using System.Runtime.ExceptionServices;
using Hebb.Files;

namespace Hebb.Data;

/// <summary>
/// The rows of a file, one after the other, as inputs: made by <see cref="TableSchema.Open"/>. It holds no more than a row,
/// however many the file has. One thread uses it at a time.
/// </summary>
public sealed class TableReader : IDisposable
{
    private readonly RowEncoder _encoder;
    private readonly CsvFile _file;
    private readonly int[] _places;
    private ExceptionDispatchInfo? _failure;

    internal TableReader(RowEncoder encoder, CsvFile file)
    {
        (_encoder, _file) = (encoder, file);
        try
        {
            _places = encoder.Schema.Match(file.Name, file.Names).Inputs;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>What was assumed about the file, where it does not say for sure, each in a sentence that names the mend.</summary>
    public IReadOnlyList<string> Notices => _file.Notices;

    /// <summary>The line of the file, from 1, on which the row begins that was read last.</summary>
    public int Line => _file.Line;

    /// <summary>Reads the next rows.</summary>
    /// <param name="inputs">Receives whole rows of <see cref="TableSchema.Width"/> numbers; it has room for at least one.</param>
    /// <returns>How many rows were read: as many as there is room for, fewer before a row that is refused, 0 at the end.</returns>
    /// <exception cref="FormatException">
    /// The next row is refused; the message names line and column. All rows before it have been given out.
    /// </exception>
    public int Read(Span<float> inputs)
    {
        Argument.AtLeast(inputs.Length, _encoder.Width, nameof(inputs));
        _failure?.Throw();
        int count = 0;
        try
        {
            while ((count + 1) * (long)_encoder.Width <= inputs.Length && _file.Next())
            {
                Encode(inputs.Slice(count * _encoder.Width, _encoder.Width));
                count++;
            }
        }
        catch (FormatException error) when (count > 0)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
        }
        return count;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Encode(Span<float> row)
    {
        row.Clear();
        for (int i = 0; i < _places.Length; i++)
        {
            ReadOnlySpan<char> cell = _file[_places[i]];
            ColumnEncoder encoder = _encoder.Columns[i];
            Misfit? misfit;
            if (encoder.Column.IsNumeric)
            {
                double number = double.NaN;
                misfit = MissingCells.InNumbers(cell) || CsvNumbers.TryParse(cell, _file.Decimal, out number)
                    ? encoder.Put(number, row)
                    : NoNumber(CsvFile.Clip(cell));
            }
            else
            {
                bool isMissing = MissingCells.InCategories(cell, _file.IsQuoted(_places[i]));
                misfit = isMissing ? encoder.CodeOfMissing(out int code) : encoder.CodeOf(cell, out code);
                if (isMissing && misfit is not null) misfit = misfit with { Found = MissingCells.Found(cell) };
                if (misfit is null) encoder.Write(code, row);
            }
            if (misfit is not null)
                throw CsvTable.CellError(
                    _file.Name, _file.Line, _places[i] + 1, _file.Names[_places[i]], misfit.Found, misfit.Expected, misfit.Mend);
        }
    }

    private Misfit NoNumber(string cell) => new($"'{cell}'", "a number",
        CsvNumbers.Mend([cell], _file.Decimal) ?? "correct the cell, or leave it empty if the value is missing");
}
