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
/// error is written.
/// </summary>
internal sealed class PredictionWriter(TextWriter output, TrainedModel trained, bool isJson)
{
    private const int MostShown = 3, WrittenAtOnce = 256;

    private readonly RunDescription _run = trained.Description;
    private readonly Scaler _scaler = trained.Table?.TargetScaler ?? Scaler.Identity(1);
    private readonly StringBuilder _text = new();

    /// <exception cref="FormatException">The model gives NaN or an infinity for one of the inputs.</exception>
    /// <exception cref="OperationCanceledException">Canceled between two of them.</exception>
    public void Write(IEnumerable<Prediction> predictions, CancellationToken cancellation)
    {
        long count = 0;
        try
        {
            if (isJson) _text.Append($"{{\"model\":\"{JsonEncodedText.Encode(_run.Model)}\",\"predictions\":[");
            foreach (Prediction prediction in predictions)
            {
                cancellation.ThrowIfCancellationRequested();
                RequireFinite(prediction.Input, prediction.Outputs);
                if (isJson) _text.Append(count > 0 ? "," : "").Append(Json(prediction));
                else _text.AppendLine(PlainText.Of($"{prediction.Input}: {Line(prediction.Outputs)}"));
                if (++count % WrittenAtOnce == 0) Flush();
            }
            if (isJson) _text.AppendLine("]}");
        }
        finally
        {
            Flush();
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

    private void Flush()
    {
        output.Write(_text);
        _text.Clear();
    }

    private string Line(double[] outputs)
    {
        if (!_run.IsClassifier) return string.Join(", ", outputs.Select((value, i) => $"{_run.Names[i]} {_scaler.Text(value, 0)}"));
        IEnumerable<int> best = Enumerable.Range(0, outputs.Length).OrderByDescending(i => outputs[i]).Take(MostShown);
        return string.Join(", ", best.Select(i => $"{_run.Names[i]} ({outputs[i].ToString("0.0000", CultureInfo.InvariantCulture)})"));
    }

    private string Json(Prediction prediction) => JsonLine.Of(json =>
    {
        json.WriteString("input", prediction.Input);
        if (_run.IsClassifier) json.WriteString("class", _run.Names[Array.IndexOf(prediction.Outputs, prediction.Outputs.Max())]);
        json.WriteStartObject(_run.IsClassifier ? "probabilities" : "values");
        for (int i = 0; i < prediction.Outputs.Length; i++) JsonLine.Exact(json, _run.Names[i], prediction.Outputs[i]);
        json.WriteEndObject();
    });
}
