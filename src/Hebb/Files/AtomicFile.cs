namespace Hebb.Files;

/// <summary>
/// Replaces a file in one step: the bytes go to a new file beside it, are flushed to the disk, and the new file takes the old one's name.
/// Whoever reads the name sees the whole old file or the whole new one; a failed write leaves the old file. The permissions of the old
/// file are kept, and a symbolic link keeps pointing to what is replaced. A program that is killed while it writes leaves a file
/// NAME.RANDOM.tmp, which hinders nobody.
/// </summary>
public static class AtomicFile
{
    /// <summary>Writes <paramref name="path"/> with what <paramref name="write"/> puts into the stream.</summary>
    /// <param name="path">The file to create or to replace; its folder must exist.</param>
    /// <param name="write">Writes the content; an exception from it leaves the old file and removes the new one.</param>
    /// <exception cref="IOException">The folder does not exist, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string beside = $"{Target(path)}.{Path.GetRandomFileName()}.tmp";
        bool created = false;
        try
        {
            using (FileStream stream = new(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                created = true;
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            Replace(beside, path);
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

    /// <summary>Gives a whole file the name of another, with that one's permissions, through links.</summary>
    internal static void Replace(string file, string path)
    {
        string target = Target(path);
        if (!OperatingSystem.IsWindows() && File.Exists(target)) File.SetUnixFileMode(file, File.GetUnixFileMode(target));
        File.Move(file, target, overwrite: true);
    }

    private static string Target(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
}
