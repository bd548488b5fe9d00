namespace Hebb.Files;

/// <summary>
/// Replaces a file in one step: the bytes go to a new file beside it, are flushed to the disk, and the new file takes the old one's name.
/// Whoever reads the name sees the whole old file or the whole new one; a failed write leaves the old file.
/// </summary>
public static class AtomicFile
{
    private static int _sequence;

    /// <summary>Writes <paramref name="path"/> with what <paramref name="write"/> puts into the stream.</summary>
    /// <param name="path">The file to create or to replace; its folder must exist.</param>
    /// <param name="write">Writes the content; an exception from it leaves the old file and removes the new one.</param>
    /// <exception cref="IOException">The folder does not exist, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string beside = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref _sequence)}.tmp";
        bool created = false;
        try
        {
            using (FileStream stream = new(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                created = true;
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
            created = false;
        }
        finally
        {
            if (created) File.Delete(beside);
        }
    }

    /// <summary>Writes <paramref name="path"/> with <paramref name="text"/> as UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})" path="/exception"/>
    public static void WriteText(string path, string text) =>
        Write(path, stream =>
        {
            using StreamWriter writer = new(stream, leaveOpen: true);
            writer.Write(text);
        });
}
