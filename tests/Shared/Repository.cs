namespace Hebb.Testing;

/// <summary>Where the sources are that a test runs from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file or folder of the repository, by its path with forward slashes.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Hebb.slnx"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("Hebb.slnx is in no folder above the tests; run them from the repository.");
    }
}
