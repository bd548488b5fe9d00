namespace Hebb.Cli;

/// <summary>A file that a command writes at its end, looked at before the work.</summary>
internal static class OutputFile
{
    /// <summary>Refuses a file that cannot be written: of another ending, a folder, or in a folder that is not there or closed.</summary>
    /// <param name="option">The option that names it.</param>
    /// <param name="path">The file.</param>
    /// <param name="what">What is done with it, such as "curves are drawn".</param>
    /// <param name="endings">What its name may end in.</param>
    /// <param name="made">A folder that the command makes before it writes the file; null if it makes none.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static void Require(string option, string path, string what, ReadOnlySpan<string> endings, string? made = null)
    {
        Usage.Require(endings.Contains(Path.GetExtension(path)),
            $"{option} is '{path}', but {what} into a file that ends in {string.Join(", ", endings)}.");
        Usage.Require(!Directory.Exists(path), $"{option} is '{path}', which is a folder; name a file.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (Directory.Exists(folder)) RequireRoom(option, path, folder);
        else
            Usage.Require(made is not null && folder == Path.TrimEndingDirectorySeparator(Path.GetFullPath(made)),
                $"{option} is '{path}', but there is no folder '{folder}'; make it, or name another file.");
    }

    private static void RequireRoom(string option, string path, string folder)
    {
        try
        {
            string trial = Path.Combine(folder, $".hebb-{Path.GetRandomFileName()}");
            using FileStream stream = new(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{option} is '{path}', but nothing can be written to the folder '{folder}' ({error.Message.TrimEnd('.')}); "
                + "name a file elsewhere.", error);
        }
    }
}
