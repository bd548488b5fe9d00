using System.Buffers;
using System.Text;

namespace Hebb.Files;

/// <summary>
/// Cuts the bytes of a CSV file into rows of cells (RFC 4180). Cells hold no allocated text: they lie in one buffer until the next row.
/// Spaces and tabs around a cell that is not in quotes are dropped; lines without any character are skipped.
/// </summary>
internal sealed class CsvRows(ByteSource source, char separator)
{
    public const int MaxColumns = 1 << 16;
    private const int MaxRow = 1 << 22; // characters: a wide row of numbers fits, a quote that never ends does not fill the memory
    private const int End = -1;

    private readonly Decoder _decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
    private readonly byte[] _bytes = new byte[1 << 16];
    private readonly char[] _block = new char[(1 << 16) + 1];
    private readonly SearchValues<char> _stops = SearchValues.Create([separator, '"', '\0', '\r', '\n']);
    private readonly List<int> _ends = [];
    private readonly List<bool> _quotes = [];
    private char[] _text = new char[1024];
    private int _used;
    private int _at, _filled;
    private bool _over;
    private int _line; // lines ended so far

    /// <summary>The line, from 1, on which the row begins.</summary>
    public int Line { get; private set; }

    /// <summary>The number of cells in the row.</summary>
    public int Count => _ends.Count;

    public ReadOnlySpan<char> this[int cell] => _text.AsSpan((cell == 0 ? 0 : _ends[cell - 1]).._ends[cell]);

    /// <summary>Whether a cell is in quotes.</summary>
    public bool IsQuoted(int cell) => _quotes[cell];

    /// <summary>The cells of the row, as texts of their own.</summary>
    public string[] Cells()
    {
        string[] cells = new string[Count];
        for (int i = 0; i < cells.Length; i++) cells[i] = this[i].ToString();
        return cells;
    }

    /// <summary>Reads the next row that is not an empty line; false at the end.</summary>
    public bool Next()
    {
        do
        {
            if (Peek() == End) return false;
            ReadRow();
        }
        while (Count == 1 && _used == 0 && !_quotes[0]); // what is in quotes is no empty line
        return true;
    }

    private void ReadRow()
    {
        Line = _line + 1;
        _ends.Clear();
        _quotes.Clear();
        _used = 0;
        do
        {
            if (_ends.Count == MaxColumns)
                throw Error($"more than {MaxColumns} cells", "fewer", "say what stands between cells, as in Separator = ';'");
            ReadCell();
        }
        while (Take(separator));
        EndLine();
    }

    private void ReadCell()
    {
        while (IsSpace(Peek())) _at++;
        bool isQuoted = Take('"');
        if (isQuoted) ReadQuoted();
        else
        {
            int first = _used;
            while (Peek() != End)
            {
                Span<char> rest = _block.AsSpan(_at.._filled);
                int length = rest.IndexOfAny(_stops);
                Keep(length < 0 ? rest : rest[..length]);
                if (length >= 0) break;
            }

            if (Peek() == '"')
                throw Error("a quote inside a cell", "quotes around a cell only", "put the cell in quotes and double the quote");
            if (Peek() == '\0') throw Null();
            while (_used > first && IsSpace(_text[_used - 1])) _used--;
        }

        _ends.Add(_used);
        _quotes.Add(isQuoted);
    }

    private void ReadQuoted()
    {
        for (bool open = true; open;)
        {
            if (Peek() == End) throw Error("the end of the file inside quotes", "a closing quote", "close or double the quote");
            Span<char> rest = _block.AsSpan(_at.._filled);
            int length = rest.IndexOfAny('"', '\0');
            ReadOnlySpan<char> text = length < 0 ? rest : rest[..length];
            _line += text.Count('\n');
            Keep(text);
            if (length < 0) continue;
            if (Peek() == '\0') throw Null();
            _at++;
            open = Peek() == '"'; // doubled: one quote of the text
            if (open) Keep(_block.AsSpan(_at, 1));
        }

        while (IsSpace(Peek())) _at++;
        if (Peek() is int next && next != separator && next is not ('\r' or '\n' or End))
            throw Error($"'{(char)next}' after a closing quote", "a separator or the end of the line", "double the quotes inside the cell");
    }

    private void EndLine()
    {
        bool returned = Take('\r');
        if (Take('\n') || returned) _line++;
    }

    private bool IsSpace(int c) => c is ' ' or '\t' && c != separator;

    private void Keep(ReadOnlySpan<char> text)
    {
        if (_used + text.Length > MaxRow)
            throw Error($"a row of more than {MaxRow} characters", "a shorter one", "look for a quote that is not closed");
        if (_used + text.Length > _text.Length) Array.Resize(ref _text, 2 * (_used + text.Length));
        text.CopyTo(_text.AsSpan(_used));
        _used += text.Length;
        _at += text.Length;
    }

    private bool Take(char wanted)
    {
        if (Peek() != wanted) return false;
        _at++;
        return true;
    }

    private int Peek()
    {
        while (_at == _filled)
        {
            if (_over) return End;
            FillBlock();
        }

        return _block[_at];
    }

    private void FillBlock()
    {
        bool first = source.Position == 0;
        int got = source.Read(_bytes);
        _over = got < _bytes.Length;
        ReadOnlySpan<byte> bytes = _bytes.AsSpan(0, got);
        if (first && bytes.StartsWith("\uFEFF"u8)) bytes = bytes[3..];
        _at = 0;
        try
        {
            _filled = _decoder.GetChars(bytes, _block, flush: _over);
        }
        catch (DecoderFallbackException error)
        {
            _filled = 0;
            throw TextBytes.NotUtf8(source.Name, _line + 1 + bytes[..Math.Max(0, error.Index)].Count((byte)'\n'), error);
        }
    }

    private FormatException Null() => Error("a character of value 0 (NUL)", "text", "remove it, or save the file as text in UTF-8");

    private FormatException Error(string found, string expected, string mend) =>
        new($"'{source.Name}' line {_line + 1}, column {_ends.Count + 1}: found {PlainText.Of(found)}, expected {expected}; {mend}.");
}
