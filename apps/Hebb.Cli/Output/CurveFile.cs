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
    /// <exception cref="UsageException">It is no SVG file, or its folder does not exist.</exception>
    public static CurveFile? Of(string? path)
    {
        if (path is null) return null;
        Usage.Require(Path.GetExtension(path) == ".svg", $"--plot is '{path}', but curves are drawn into a file that ends in .svg.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Usage.Require(Directory.Exists(folder), $"--plot is '{path}', but there is no folder '{folder}'; make it, or name another file.");
        return new CurveFile(path);
    }

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
