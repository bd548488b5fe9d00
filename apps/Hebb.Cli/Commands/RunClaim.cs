using Hebb.Training;

namespace Hebb.Cli;

/// <summary>
/// A run folder that is kept for one training from its start on, so that a folder that cannot be used is found before the work, and two
/// trainings at once never choose the same.
/// </summary>
internal sealed class RunClaim : IDisposable
{
    private const string Mark = ".training";

    private readonly bool _isNew;
    private readonly FileStream _mark; // locked as long as it is open, and free again when the process is killed

    private RunClaim(string folder, bool isNew, FileStream mark) => (Folder, _isNew, _mark) = (folder, isNew, mark);

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Claims a folder: a new or empty one, or one that holds a run if that may be overwritten.</summary>
    /// <exception cref="UsageException">The folder cannot be used.</exception>
    public static RunClaim Of(string folder, bool overwrites)
    {
        Usage.Require(!File.Exists(folder), $"--out is '{folder}', which is a file; name a folder.");
        bool isNew = !Directory.Exists(folder);
        if (!isNew && Holds(folder))
        {
            Usage.Require(
                File.Exists(Path.Combine(folder, RunFolder.DescriptionFile)),
                $"--out is '{folder}', which holds other things than a run; name a new or empty folder.");
            Usage.Require(overwrites, $"--out is '{folder}', which holds a run; name another folder, or give --overwrite to replace it.");
        }
        return Take(folder, isNew)
            ?? throw new UsageException($"--out is '{folder}', where another training is writing; name another folder, or wait for it.");
    }

    /// <summary>
    /// Claims runs/DATA-MODEL, or the first of runs/DATA-MODEL-2, -3, ... that does not exist: a run never overwrites another.
    /// </summary>
    /// <exception cref="UsageException">No folder can be made there.</exception>
    public static RunClaim Free(string data, string model)
    {
        string name = RunNames.Of(data, model), free = name;
        for (int i = 2; ; free = $"{name}-{i++}")
        {
            if (!Directory.Exists(free) && !File.Exists(free) && Take(free, isNew: true) is { } claim) return claim;
        }
    }

    /// <summary>Writes what was learnt; where the folder cannot take it any more, into another one.</summary>
    /// <param name="write">Writes into a folder.</param>
    /// <param name="errors">Told where it is, if elsewhere.</param>
    /// <returns>Whether it is in the folder.</returns>
    public bool Keep(Action<string> write, TextWriter errors)
    {
        try
        {
            write(Folder);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string spare = Directory.CreateTempSubdirectory("hebb-run-").FullName;
            write(spare);
            errors.WriteLine($"hebb: the run could not be written to {Folder} ({error.Message}), so it is in {spare}; move it from there.");
            return false;
        }
    }

    /// <summary>Gives the folder free, and removes it if nothing came of the training.</summary>
    public void Dispose()
    {
        try
        {
            _mark.Dispose();
            if (_isNew && !Holds(Folder)) Directory.Delete(Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder went away, or is closed to us; the run is elsewhere and said so.
        }
    }

    private static bool Holds(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Any(entry => Path.GetFileName(entry) != Mark);

    /// <summary>Puts the mark into a folder; null if another training has put it there.</summary>
    private static RunClaim? Take(string folder, bool isNew)
    {
        string mark = Path.Combine(folder, Mark);
        try
        {
            Directory.CreateDirectory(folder);
            return new RunClaim(folder, isNew, new FileStream(
                mark, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose));
        }
        catch (IOException) when (File.Exists(mark))
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The run folder '{folder}' cannot be written ({error.Message}); name another one by --out.", error);
        }
    }
}
