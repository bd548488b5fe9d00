using Hebb.Data;
using Hebb.Files;
using Hebb.Layers;

namespace Hebb.Training;

/// <summary>
/// A folder with a trained model: model.safetensors, run.json and history.csv. They change together; see <see cref="RunClaim"/>.
/// </summary>
public static class RunFolder
{
    /// <summary>The file of the weights.</summary>
    public const string ModelFile = "model.safetensors";

    /// <summary>The file of the description.</summary>
    public const string DescriptionFile = "run.json";

    /// <summary>The file of the epochs.</summary>
    public const string HistoryFile = "history.csv";

    /// <summary>Holds a whole run until its files have taken their places.</summary>
    internal const string Ready = ".hebb-ready";

    /// <summary>
    /// Whether a folder holds a run, or what is left of one: a description that can be read or, where it is damaged, the table of epochs.
    /// A file of another program that is called run.json makes no run.
    /// </summary>
    public static bool HoldsRun(string folder)
    {
        if (File.Exists(Path.Combine(folder, Ready, DescriptionFile))) return true;
        try
        {
            Described(folder, BytesOf(Path.Combine(folder, DescriptionFile)));
            return true;
        }
        catch (Exception error) when (error is FormatException or FileNotFoundException or DirectoryNotFoundException)
        {
            string history = Path.Combine(folder, HistoryFile);
            return File.Exists(history) && File.ReadLines(history).FirstOrDefault() == RunClaim.HistoryHeader.TrimEnd();
        }
    }

    /// <summary>Writes a run; one that was there is replaced as a whole or not at all.</summary>
    /// <exception cref="IOException">The folder cannot be written, or another training claims it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string folder, Module model, RunDescription description, IReadOnlyList<EpochRecord> history)
    {
        using RunClaim claim = RunClaim.TryTake(folder)
            ?? throw new IOException($"'{folder}' is claimed by another training; write to another folder, or wait for it.");
        claim.Write(model, description, history);
    }

    /// <summary>
    /// Reads a run: its description and its model, ready for use. A run that is being replaced is read whole, old or new.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="build">Builds the model that a description names, such as Models.ReadyModels.Build.</param>
    /// <exception cref="FileNotFoundException">The folder holds no run.</exception>
    /// <exception cref="FormatException">A file of the run is damaged.</exception>
    public static (RunDescription Description, Module Model) Read(string folder, Func<RunDescription, Module> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        while (true)
        {
            byte[] description = DescriptionOf(folder);
            try
            {
                (RunDescription, Module) run = ReadOnce(folder, description, build);
                if (IsUnchanged()) return run;
            }
            catch (Exception error) when (error is FormatException or ArgumentException or IOException && !IsUnchanged())
            {
                // The weights are those of the run that has just replaced the one described.
            }

            bool IsUnchanged() => DescriptionOf(folder).AsSpan().SequenceEqual(description);
        }
    }

    private static (RunDescription Description, Module Model) ReadOnce(string folder, byte[] json, Func<RunDescription, Module> build)
    {
        RunDescription description = Described(folder, json);
        Module model;
        try
        {
            model = build(description) ?? throw Argument.Nothing("What builds the model of a run", "a module");
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException)
        {
            throw new FormatException(
                $"'{Path.Combine(folder, DescriptionFile)}' describes a model that cannot be built: {PlainText.Of(error)}", error);
        }
        Sha256? hash = description.ModelSha256 is null ? null : new Sha256();
        LoadReport report = From(folder, ModelFile, file => model.Load(file, strict: false, hash));
        if (hash is not null && hash.Finish() != description.ModelSha256)
            throw new FormatException($"'{Path.Combine(folder, ModelFile)}' holds other weights than the run has that {DescriptionFile} "
                + "beside it describes; put the run's own file back, or train again.");
        if (!report.IsComplete)
            throw new FormatException(
                $"'{Path.Combine(folder, ModelFile)}' does not fit the model that {DescriptionFile} beside it describes ({report}); "
                + "train again.");
        model.Eval();
        return (description, model);
    }

    private static RunDescription Described(string folder, byte[] json) => DataJson.Read(
        json, RunJson.Default.RunDescription, $"'{Path.Combine(folder, DescriptionFile)}' is no run description", "train again");

    private static byte[] DescriptionOf(string folder)
    {
        try
        {
            return From(folder, DescriptionFile, BytesOf);
        }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException(
                $"'{folder}' is no run, because it has no file {DescriptionFile}; name a folder that 'train' wrote.",
                Path.Combine(folder, DescriptionFile), error);
        }
    }

    private static byte[] BytesOf(string path)
    {
        using FileStream file = ByteSource.OpenFile(path); // which knows that a folder is no file
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Reads a file from where it is: among those that have yet to take their places, or else in its own.</summary>
    private static T From<T>(string folder, string file, Func<string, T> read)
    {
        string ready = Path.Combine(folder, Ready, file);
        try
        {
            if (File.Exists(ready)) return read(ready);
        }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            // It has taken its place since.
        }
        return read(Path.Combine(folder, file));
    }
}
