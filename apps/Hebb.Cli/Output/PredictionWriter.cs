using System.Globalization;
using System.Text;
using System.Text.Json;
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
internal sealed class PredictionWriter(TextWriter output, RunDescription run, bool isJson)
{
    private const int MostShown = 3, WrittenAtOnce = 256;

    private readonly StringBuilder _text = new();

    /// <exception cref="FormatException">The model gives NaN for one of the inputs.</exception>
    /// <exception cref="OperationCanceledException">Canceled between two of them.</exception>
    public void Write(IEnumerable<Prediction> predictions, CancellationToken cancellation)
    {
        long count = 0;
        try
        {
            if (isJson) _text.Append($"{{\"model\":\"{JsonEncodedText.Encode(run.Model)}\",\"predictions\":[");
            foreach (Prediction prediction in predictions)
            {
                cancellation.ThrowIfCancellationRequested();
                if (Array.Exists(prediction.Outputs, double.IsNaN))
                    throw new FormatException($"'{prediction.Input}': the model gives NaN, which is no class and no number; "
                        + "compare its values with those that the model was trained on.");
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

    private void Flush()
    {
        output.Write(_text);
        _text.Clear();
    }

    private string Line(double[] outputs)
    {
        if (!run.IsClassifier)
            return string.Join(", ", outputs.Select((value, i) => $"{run.Names[i]} {value.ToString("g6", CultureInfo.InvariantCulture)}"));
        IEnumerable<int> best = Enumerable.Range(0, outputs.Length).OrderByDescending(i => outputs[i]).Take(MostShown);
        return string.Join(", ", best.Select(i => $"{run.Names[i]} ({outputs[i].ToString("0.0000", CultureInfo.InvariantCulture)})"));
    }

    private string Json(Prediction prediction) => JsonLine.Of(json =>
    {
        json.WriteString("input", prediction.Input);
        if (run.IsClassifier) json.WriteString("class", run.Names[Array.IndexOf(prediction.Outputs, prediction.Outputs.Max())]);
        json.WriteStartObject(run.IsClassifier ? "probabilities" : "values");
        for (int i = 0; i < prediction.Outputs.Length; i++) JsonLine.Number(json, run.Names[i], prediction.Outputs[i]);
        json.WriteEndObject();
    });
}
