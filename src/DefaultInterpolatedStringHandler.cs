using System.Globalization;
using System.Text;

namespace System.Runtime.CompilerServices;

/// <summary>
/// What an interpolated string becomes in each of the libraries: the compiler takes this type before the framework's, whose numbers follow
/// the culture of the thread. Here they never do.
/// </summary>
[InterpolatedStringHandler]
internal ref struct DefaultInterpolatedStringHandler
{
    private readonly StringBuilder _text;
    private StringBuilder.AppendInterpolatedStringHandler _pieces;

    public DefaultInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        _text = new StringBuilder();
        _pieces = new(literalLength, formattedCount, _text, CultureInfo.InvariantCulture);
    }

    public void AppendLiteral(string value) => _pieces.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _pieces.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => _pieces.AppendFormatted(value, format);

    public void AppendFormatted<T>(T value, int alignment) => _pieces.AppendFormatted(value, alignment);

    public void AppendFormatted<T>(T value, int alignment, string? format) => _pieces.AppendFormatted(value, alignment, format);

    public void AppendFormatted(ReadOnlySpan<char> value) => _pieces.AppendFormatted(value);

    public void AppendFormatted(ReadOnlySpan<char> value, int alignment = 0, string? format = null) =>
        _pieces.AppendFormatted(value, alignment, format);

    public void AppendFormatted(string? value) => _pieces.AppendFormatted(value);

    public void AppendFormatted(string? value, int alignment = 0, string? format = null) =>
        _pieces.AppendFormatted(value, alignment, format);

    public void AppendFormatted(object? value, int alignment = 0, string? format = null) =>
        _pieces.AppendFormatted(value, alignment, format);

    public readonly string ToStringAndClear() => _text.ToString();
}
