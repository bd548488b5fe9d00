using System.Text;

namespace Hebb.Files;

/// <summary>The lines of a text file, one after the other; it holds no more than one of them and a block.</summary>
internal sealed class TextLineReader(ByteSource source)
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _bytes = new byte[1 << 16];
    private int _at, _filled, _line;
    private bool _over;
    private bool _returned; // the last line ended in CR, so that an LF right behind it ends no line of its own

    /// <summary>The next line that is not white space only, without its end; null after the last.</summary>
    public string? Next()
    {
        while (Find() is var length and >= 0)
        {
            ReadOnlySpan<byte> line = _bytes.AsSpan(_at, length);
            int end = _at + length;
            bool isRest = _returned && length == 0 && _bytes[end] == '\n';
            _returned = end < _filled && _bytes[end] == '\r';
            _at = Math.Min(_filled, end + 1);
            if (isRest) continue;
            _line++;
            if (_line == 1 && line.StartsWith("\uFEFF"u8)) line = line[3..];
            string text = Text(line);
            if (!string.IsNullOrWhiteSpace(text)) return text;
        }
        return null;
    }

    /// <summary>The length of the next line, all of which then lies in memory; -1 at the end.</summary>
    private int Find()
    {
        for (int looked = 0; ;)
        {
            int end = _bytes.AsSpan((_at + looked).._filled).IndexOfAny((byte)'\n', (byte)'\r');
            int length = end < 0 ? _filled - _at : looked + end;
            if (length > TextLines.LongestLine)
                throw new FormatException($"'{source.Name}' line {_line + 1}: found more than {TextLines.LongestLine} bytes, "
                    + $"expected at most {TextLines.LongestLine}; put each text on a line of its own.");
            if (end >= 0) return length;
            if (_over) return length == 0 ? -1 : length;
            looked = length;
            Fill();
        }
    }

    private void Fill()
    {
        _bytes.AsSpan(_at.._filled).CopyTo(_bytes);
        (_at, _filled) = (0, _filled - _at);
        if (_filled == _bytes.Length) Array.Resize(ref _bytes, 2 * _bytes.Length);
        int got = source.Read(_bytes.AsSpan(_filled));
        _filled += got;
        _over = _filled < _bytes.Length;
    }

    private string Text(ReadOnlySpan<byte> line)
    {
        if (line.Contains((byte)0))
            throw new FormatException($"'{source.Name}' line {_line}: found a character of value 0 (NUL), expected text; "
                + "remove it, or save the file as text in UTF-8.");
        try
        {
            return s_utf8.GetString(line);
        }
        catch (DecoderFallbackException error)
        {
            throw TextBytes.NotUtf8(source.Name, _line, error);
        }
    }
}
