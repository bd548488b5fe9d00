using System.Globalization;
using Hebb.Training;
using Spectre.Console;

namespace Hebb.Cli;

/// <summary>Shows a training run: a live bar on a terminal, a line for each epoch when the output is redirected.</summary>
internal sealed class TrainingDisplay(TextWriter output, bool isLive, string scoreName) : ICallback
{
    /// <summary>Runs training under the display.</summary>
    public T Show<T>(Func<IProgress<TrainingProgress>?, T> train)
    {
        if (!isLive) return train(null);
        T result = default!;
        AnsiConsole.Progress().AutoRefresh(true).Columns(new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => result = train(new Bar(context.AddTask("starting"), scoreName)));
        return result;
    }

    public void OnEpoch(TrainingState state)
    {
        EpochRecord last = state.Last;
        Write(last.ToString(scoreName));
        if (last.Epoch == 1 && double.IsFinite(last.ValidationLoss) && double.IsNaN(last.ValidationScore))
            Write($"{scoreName} of the validating samples is {Score(last.ValidationScore, last.ValidationLoss)}.");
    }

    /// <summary>A score, or why there is none although there is a loss.</summary>
    public static string Score(double score, double loss) =>
        double.IsNaN(score) && double.IsFinite(loss) ? "not defined, as their targets do not vary" : Number(score);

    private void Write(string line)
    {
        if (isLive) AnsiConsole.WriteLine(line);
        else output.WriteLine(line);
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private sealed class Bar(ProgressTask task, string scoreName) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            task.MaxValue = (double)value.Epochs * value.Batches;
            task.Value = (value.Epoch - 1.0) * value.Batches + value.Batch;
            task.Description = $"epoch {value.Epoch}/{value.Epochs}  loss {Number(value.Loss)}  {scoreName} {Number(value.Score)}  "
                + $"{value.SamplesPerSecond:#,0}/s  learning rate {value.LearningRate:g3}  {value.Remaining:mm\\:ss} left";
        }
    }
}
