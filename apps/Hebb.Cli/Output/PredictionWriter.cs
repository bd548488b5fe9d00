using System.Globalization;
using System.Text;
using System.Text.Json;
using Hebb.Data;
using Hebb.Training;

namespace Hebb.Cli;

/// <summary>What a model says of an input.</summary>
/// <param name="Input">The input, as it is printed.</param>
/// <param name="Outputs">Probabilities of the classes, or numbers.</param>
internal sealed record Prediction(string Input, double[] Outputs);

/// <summary>
/// Writes predictions as they come, each on a line or in one JSON object, and holds no more than some of them. What was predicted before an
/// error or a signal is written; another thread may close it.
/// </summary>
internal sealed class PredictionWriter(TextWriter output, bool isJson) : IDisposable
{
    private const int MostShown = 3, WrittenAtOnce = 256;

    private readonly StringBuilder _text = new();
    private readonly Lock _writing = new();
    private int _held;
    private bool _isClosed;

    /// <exception cref="FormatException">The model gives NaN or an infinity for one of the inputs.</exception>
    /// <exception cref="OperationCanceledException">Canceled between two of them.</exception>
    public void Write(TrainedModel trained, IEnumerable<Prediction> predictions, CancellationToken cancellation)
    {
        RunDescription run = trained.Description;
        Scaler scaler = trained.Table?.TargetScaler ?? Scaler.Identity(1);
        bool isFirst = true;
        if (isJson) Add($"{{\"model\":\"{JsonEncodedText.Encode(run.Model)}\",\"predictions\":[");
        foreach (Prediction prediction in predictions)
        {
            cancellation.ThrowIfCancellationRequested();
            RequireFinite(prediction.Input, prediction.Outputs);
            Add(isJson ? (isFirst ? "" : ",") + Json(run, prediction)
                : PlainText.Of($"{prediction.Input}: {Line(run, scaler, prediction.Outputs)}") + Environment.NewLine);
            isFirst = false;
        }
        if (isJson) Add("]}" + Environment.NewLine);
    }

    /// <summary>Writes what is held, and takes no more; where a write waits for a reader that takes nothing, it waits no longer.</summary>
    public void Dispose()
    {
        if (!_writing.TryEnter(Abandonable.Patience)) return;
        try
        {
            _isClosed = true;
            Flush();
        }
        finally
        {
            _writing.Exit();
        }
    }

    /// <summary>Refuses outputs that are NaN or infinite.</summary>
    /// <exception cref="FormatException">One is; the message begins with what the outputs are of.</exception>
    public static void RequireFinite(string input, double[] outputs)
    {
        int odd = Array.FindIndex(outputs, output => !double.IsFinite(output));
        if (odd >= 0)
            throw new FormatException($"'{input}': the model gives {outputs[odd].ToString(CultureInfo.InvariantCulture)}, "
                + "which is no class and no number; compare its values with those that the model was trained on, or train again.");
    }

    private void Add(string text)
    {
        lock (_writing)
        {
            if (_isClosed) return;
            _text.Append(text);
            if (++_held == WrittenAtOnce) Flush();
        }
    }

    private void Flush()
    {
        output.Write(_text);
        _text.Clear();
        _held = 0;
    }

    private static string Line(RunDescription run, Scaler scaler, double[] outputs)
    {
        string Name(int i) => PlainText.InList(run.Names[i]);
        if (!run.IsClassifier) return string.Join(", ", outputs.Select((value, i) => $"{Name(i)} {scaler.Text(value, 0)}"));
        IEnumerable<int> best = Enumerable.Range(0, outputs.Length).OrderByDescending(i => outputs[i]).Take(MostShown);
        return string.Join(", ", best.Select(i => $"{Name(i)} ({outputs[i].ToString("0.0000", CultureInfo.InvariantCulture)})"));
    }

    private static string Json(RunDescription run, Prediction prediction) => JsonLine.Of(json =>
    {
        json.WriteString("input", prediction.Input);
        if (run.IsClassifier) json.WriteString("class", run.Names[Array.IndexOf(prediction.Outputs, prediction.Outputs.Max())]);
        json.WriteStartObject(run.IsClassifier ? "probabilities" : "values");
        for (int i = 0; i < prediction.Outputs.Length; i++) JsonLine.Exact(json, run.Names[i], prediction.Outputs[i]);
        json.WriteEndObject();
    });
}
