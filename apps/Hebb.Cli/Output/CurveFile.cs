using Hebb.Files;
using Hebb.Plots;
using Hebb.Training;

namespace Hebb.Cli;

/// <summary>A picture of how loss and score went over the epochs.</summary>
internal sealed class CurveFile
{
    private readonly string _path;

    private CurveFile(string path) => _path = path;

    /// <summary>The file that --plot names; null if it names none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">The run folder, which may be made for it; null if it is not known yet.</param>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static CurveFile? Of(string? path, string? run)
    {
        if (path is null) return null;
        OutputFile.Require("--plot", path, "curves are drawn", [".svg"], made: run);
        return new CurveFile(path);
    }

    /// <summary>The file.</summary>
    public string Path => _path;

    /// <summary>Draws the epochs of a training.</summary>
    public void Write(IReadOnlyList<EpochRecord> history, string scoreName)
    {
        CurveFigure figure = new(
            Panel("loss", epoch => epoch.TrainLoss, epoch => epoch.ValidationLoss),
            Panel(scoreName, epoch => epoch.TrainScore, epoch => epoch.ValidationScore));
        AtomicFile.WriteText(_path, figure.ToSvg());

        CurvePanel Panel(string title, Func<EpochRecord, double> training, Func<EpochRecord, double> validation) =>
            new(title, "epoch", Curve("training", training), Curve("validation", validation));

        Curve Curve(string name, Func<EpochRecord, double> value) =>
            new(name, [.. history.Select(epoch => ((double)epoch.Epoch, value(epoch)))]);
    }
}
