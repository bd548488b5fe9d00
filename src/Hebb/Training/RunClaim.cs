using System.Globalization;
using System.Text;
using Hebb.Data;
using Hebb.Files;
using Hebb.Layers;

namespace Hebb.Training;

/// <summary>
/// A run folder that is kept for one training from its start on, so that a folder that cannot be used is found before the work, two
/// trainings never write to the same, and its run is replaced as one. A new run is written into a folder inside; one rename makes it the
/// folder's run; then its files take their places. <see cref="RunFolder.Read"/> sees the whole old run or the whole new one at any
/// moment, also if the program is killed in between. Not thread-safe.
/// </summary>
public sealed class RunClaim : IDisposable
{
    private const string Mark = ".hebb-training", Draft = ".hebb-draft";
    private const int Tries = 5;

    /// <summary>The first line of the table of epochs.</summary>
    internal const string HistoryHeader =
        "epoch,seconds,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy\n";

    private readonly bool _isNew;
    private readonly FileStream _mark; // locked as long as it is open, and free again when the process is killed

    private RunClaim(string folder, bool isNew, FileStream mark) => (Folder, _isNew, _mark) = (folder, isNew, mark);

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>
    /// Claims a folder, which is made if there is none, and sweeps what a killed training left in it. Null if another one claims it.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static RunClaim? TryTake(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string mark = Path.Combine(folder, Mark);
        bool isNew = !Directory.Exists(folder);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Directory.CreateDirectory(folder);
                FileStream stream = new(
                    mark, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
                if (!File.Exists(mark)) // the one that had it removed it between our opening and our locking it
                {
                    stream.Dispose();
                    continue;
                }
                RunClaim claim = new(folder, isNew, stream);
                claim.PutInPlace();
                claim.RemoveDraft();
                return claim;
            }
            catch (DirectoryNotFoundException) when (attempt < Tries)
            {
                // Another training that came to nothing removed its folder.
            }
            catch (IOException) when (File.Exists(mark))
            {
                return null;
            }
        }
    }

    /// <summary>Whether a folder holds nothing, or only what a killed training left.</summary>
    public static bool IsFree(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).All(entry => Path.GetFileName(entry) is Mark or Draft);

    /// <summary>Makes a run the run of the folder.</summary>
    /// <param name="model">The trained model.</param>
    /// <param name="description">What is needed to use it again.</param>
    /// <param name="history">The epochs of its training.</param>
    /// <exception cref="ArgumentException">The description cannot be read again, and the folder has the run that it had.</exception>
    /// <exception cref="IOException">It cannot be written, and the folder has the run that it had.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written any more.</exception>
    public void Write(Module model, RunDescription description, IReadOnlyList<EpochRecord> history)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(history);
        string draft = Path.Combine(Folder, Draft);
        try
        {
            Directory.CreateDirectory(draft);
            string weights = Path.Combine(draft, RunFolder.ModelFile);
            model.Save(weights);
            description = description with { ModelSha256 = Sha256.Of(weights) };
            AtomicFile.WriteText(Path.Combine(draft, RunFolder.HistoryFile), Table(history));
            byte[] json = DataJson.Write(description, RunJson.Default.RunDescription, "run description");
            AtomicFile.Write(Path.Combine(draft, RunFolder.DescriptionFile), stream => stream.Write(json));
            Directory.Move(draft, Path.Combine(Folder, RunFolder.Ready));
        }
        finally
        {
            RemoveDraft();
        }
        PutInPlace();
    }

    /// <summary>Gives the folder free, and removes it if nothing came of the training.</summary>
    public void Dispose()
    {
        try
        {
            _mark.Dispose();
            if (_isNew && IsFree(Folder)) Directory.Delete(Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder went away, or is closed to us: there is nothing to give free.
        }
    }

    private void PutInPlace()
    {
        string ready = Path.Combine(Folder, RunFolder.Ready);
        if (!Directory.Exists(ready)) return;
        foreach (string file in Directory.GetFiles(ready)) AtomicFile.Replace(file, Path.Combine(Folder, Path.GetFileName(file)));
        Directory.Delete(ready);
    }

    private void RemoveDraft()
    {
        string draft = Path.Combine(Folder, Draft);
        if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
    }

    private static string Table(IReadOnlyList<EpochRecord> history)
    {
        StringBuilder text = new(HistoryHeader);
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
