using System.Text;

namespace Hebb.Cli;

/// <summary>
/// A standard stream of the process, which may be closed or go away. What is written to a terminal that hung up goes nowhere, as nobody
/// reads it, and work that goes on is not lost by it.
/// </summary>
internal sealed class StandardWriter : TextWriter
{
    private readonly TextWriter? _stream;
    private readonly bool _mayFail;

    private StandardWriter(Func<TextWriter> open, bool mayFail)
    {
        _mayFail = mayFail;
        try
        {
            _stream = open();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is closed.
        }
    }

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>The output: an error says that it cannot be written, unless it was a terminal.</summary>
    public static StandardWriter ForOutput() => new(() => Console.Out, mayFail: !Console.IsOutputRedirected);

    /// <summary>Messages: where they cannot be written, the exit code alone tells.</summary>
    public static StandardWriter ForErrors() => new(() => Console.Error, mayFail: true);

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write(value + NewLine);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        try
        {
            if (_stream is null) throw new UnauthorizedAccessException();
            _stream.Write(buffer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (_mayFail) return;
            string found = error is IOException ? error.Message.TrimEnd('.') : "it is closed";
            throw new IOException(
                $"The standard output cannot be written ({found}); send it to a file with room for it, or to /dev/null.", error);
        }
    }
}
