using Hebb.Layers;
using Hebb.Training;

namespace Hebb.Cli;

/// <summary>The run folder of one training, claimed before the work.</summary>
internal sealed class OutFolder : IDisposable
{
    private readonly RunClaim _claim;

    private OutFolder(RunClaim claim) => _claim = claim;

    /// <summary>The folder's path.</summary>
    public string Path => _claim.Folder;

    /// <summary>Claims a folder: a new or empty one, or one that holds a run if that may be overwritten.</summary>
    /// <exception cref="UsageException">The folder cannot be used.</exception>
    public static OutFolder Of(string folder, bool overwrites)
    {
        Usage.Require(!File.Exists(folder), $"--out is '{folder}', which is a file; name a folder.");
        if (Directory.Exists(folder) && !RunClaim.IsFree(folder))
        {
            Usage.Require(RunFolder.HoldsRun(folder),
                $"--out is '{folder}', which holds other things than a run; name a new or empty folder.");
            Usage.Require(overwrites, $"--out is '{folder}', which holds a run; name another folder, or give --overwrite to replace it.");
        }
        return Take(folder)
            ?? throw new UsageException($"--out is '{folder}', where another training is writing; name another folder, or wait for it.");
    }

    /// <summary>
    /// Claims runs/DATA-MODEL, or the first of runs/DATA-MODEL-2, -3, ... that is free: a run never overwrites another.
    /// </summary>
    /// <exception cref="UsageException">No folder can be made there.</exception>
    public static OutFolder Free(string data, string model)
    {
        string name = RunNames.Of(data, model), free = name;
        for (int i = 2; ; free = $"{name}-{i++}")
        {
            if (!Directory.Exists(free) && !File.Exists(free) && Take(free) is { } claimed) return claimed;
        }
    }

    /// <summary>Says what lies beside the run and is not of it, such as curves of the run that is replaced: it is left as it is.</summary>
    /// <param name="drawn">A file that will be written again; null if there is none.</param>
    /// <param name="errors">Told.</param>
    public void SayWhatStays(string? drawn, TextWriter errors)
    {
        string[] own = [RunFolder.ModelFile, RunFolder.DescriptionFile, RunFolder.HistoryFile];
        string[] others =
        [
            .. Directory.EnumerateFileSystemEntries(Path)
                .Where(entry => drawn is null || System.IO.Path.GetFullPath(entry) != System.IO.Path.GetFullPath(drawn))
                .Select(entry => System.IO.Path.GetFileName(entry)).Where(name => name[0] != '.' && !own.Contains(name)).Order(),
        ];
        if (others.Length == 0) return;
        errors.WriteLine(PlainText.Of(
            $"hebb: '{Path}' also holds {PlainText.List(others, most: 5)}, which is not of the new run and is left as it is."));
    }

    /// <summary>Writes what was learnt; where the folder cannot take it any more, into another one.</summary>
    /// <param name="model">The model.</param>
    /// <param name="result">How it was trained.</param>
    /// <param name="errors">Told where it is, if elsewhere.</param>
    /// <returns>Whether it is in the folder.</returns>
    public bool Keep(Module model, ExperimentResult result, TextWriter errors)
    {
        try
        {
            _claim.Write(model, result.Description, result.History);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            string spare = Directory.CreateTempSubdirectory("hebb-run-").FullName;
            RunFolder.Write(spare, model, result.Description, result.History);
            errors.WriteLine($"hebb: the run could not be written to {Path} ({error.Message}), so it is in {spare}; move it from there.");
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _claim.Dispose();

    private static OutFolder? Take(string folder)
    {
        try
        {
            return RunClaim.TryTake(folder) is { } claim ? new OutFolder(claim) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The run folder '{folder}' cannot be written ({error.Message}); name another one by --out.", error);
        }
    }
}
