using System.Globalization;
using System.Text;
using System.Text.Json;
using Hebb.Files;
using Hebb.Layers;

namespace Hebb.Training;

/// <summary>A folder with a trained model: model.safetensors, run.json and history.csv.</summary>
public static class RunFolder
{
    /// <summary>The file of the weights.</summary>
    public const string ModelFile = "model.safetensors";

    /// <summary>The file of the description.</summary>
    public const string DescriptionFile = "run.json";

    /// <summary>The file of the epochs.</summary>
    public const string HistoryFile = "history.csv";

    /// <summary>Writes a run; files that were there are replaced whole or not at all.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(string folder, Module model, RunDescription description, IReadOnlyList<EpochRecord> history)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(history);
        Directory.CreateDirectory(folder);
        model.Save(Path.Combine(folder, ModelFile));
        AtomicFile.Write(Path.Combine(folder, HistoryFile), stream => stream.Write(Encoding.UTF8.GetBytes(Table(history))));
        AtomicFile.Write(
            Path.Combine(folder, DescriptionFile), stream => JsonSerializer.Serialize(stream, description, RunJson.Default.RunDescription));
    }

    /// <summary>Reads a run: its description and its model, ready for use.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="build">Builds the model that a description names, such as Models.ReadyModels.Build.</param>
    /// <exception cref="FileNotFoundException">The folder holds no run.</exception>
    /// <exception cref="FormatException">A file of the run is damaged.</exception>
    public static (RunDescription Description, Module Model) Read(string folder, Func<RunDescription, Module> build)
    {
        RunDescription description = ReadDescription(folder);
        Module model;
        try
        {
            model = build(description);
        }
        catch (ArgumentException error)
        {
            throw new FormatException(
                $"'{Path.Combine(folder, DescriptionFile)}' describes a model that cannot be built: {error.Message}", error);
        }
        model.Load(Path.Combine(folder, ModelFile));
        model.Eval();
        return (description, model);
    }

    private static RunDescription ReadDescription(string folder)
    {
        string path = Path.Combine(folder, DescriptionFile);
        if (!File.Exists(path))
            throw new FileNotFoundException(
                $"'{folder}' is no run, because it has no {DescriptionFile}; name a folder that 'train' wrote.", path);
        try
        {
            using FileStream stream = File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, RunJson.Default.RunDescription)
                ?? throw new FormatException($"'{path}' is empty; train again.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"'{path}' is not a run description (line {error.LineNumber + 1}); train again.", error);
        }
    }

    private static string Table(IReadOnlyList<EpochRecord> history)
    {
        StringBuilder text = new("epoch,seconds,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy\n");
        foreach (EpochRecord epoch in history)
        {
            double[] cells =
                [epoch.Seconds, epoch.LearningRate, epoch.TrainLoss, epoch.TrainScore, epoch.ValidationLoss, epoch.ValidationScore];
            text.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch},{string.Join(',', cells.Select(Cell))}\n");
        }
        return text.ToString();

        static string Cell(double value) => double.IsNaN(value) ? "" : value.ToString("g8", CultureInfo.InvariantCulture);
    }
}
