using System.CommandLine;
using System.Globalization;
using Hebb.Data;
using Hebb.Files;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Cli;

/// <summary>hebb predict RUN INPUT...: class probabilities, or numbers, for images, the rows of CSV files, or texts.</summary>
internal sealed class PredictCommand : ICommand
{
    private const int MostShown = 3, TextsAtOnce = 256;

    private readonly Argument<string> _run = new("RUN") { Description = "A run folder that 'train' wrote." };
    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Images (PNG, PGM, PPM), CSV files, or files with a text on each line.",
        Arity = ArgumentArity.ZeroOrMore
    };
    private readonly Option<string[]> _text = new("--text") { Description = "A text; may be given several times." };
    private readonly Option<bool> _fit = new("--fit") { Description = "Resize images of another size." };
    private readonly Option<bool> _invert = new("--invert") { Description = "Invert images: for dark strokes on a light ground." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on the last line." };

    public Command Build()
    {
        Command command = new("predict", "Predict for images, rows or texts.") { _run, _inputs, _text, _fit, _invert, _json };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        TrainedModel trained = TrainedModel.Read(parsed.GetValue(_run)!, ReadyModels.Build);
        string[] paths = parsed.GetValue(_inputs) ?? [], given = parsed.GetValue(_text) ?? [];
        if (paths.Length + given.Length == 0)
            throw new UsageException("There is nothing to predict for; name files, or give texts by --text.");
        if (given.Length > 0 && trained.Texts is null)
            throw new UsageException(
                $"--text was given, but the model was trained on '{trained.Description.Data}', whose samples are no texts; "
                + "name files instead.");
        List<(string Input, double[] Outputs)> predictions = [];
        if (given.Length > 0) predictions.AddRange(Texts(trained, given).Zip(given, (outputs, text) => (text, outputs)));
        foreach (string path in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!File.Exists(path))
                throw new FileNotFoundException($"There is no file '{path}'; name an image, a CSV file or a file of texts.", path);
            if (trained.Images is { } images)
                predictions.Add((path, Image(trained, images, path, parsed.GetValue(_fit), parsed.GetValue(_invert))));
            else if (trained.Table is { } table) predictions.AddRange(Rows(trained, table, path));
            else if (trained.Texts is not null)
                predictions.AddRange(Texts(trained, TextLines.Read(path)).Select((outputs, i) => ($"{path} text {i + 1}", outputs)));
            else
                throw new UsageException($"The model was trained on '{trained.Description.Data}', "
                    + "whose samples are neither images nor rows of a table nor texts; predict with a model of those.");
        }
        if (predictions.Find(prediction => prediction.Outputs.Any(double.IsNaN)) is { Input: { } odd })
            throw new FormatException($"'{odd}': the model gives NaN, which is no class and no number; "
                + "compare its values with those that the model was trained on.");
        TextWriter output = parsed.InvocationConfiguration.Output;
        foreach ((string input, double[] outputs) in predictions) output.WriteLine($"{input}: {Text(trained.Description, outputs)}");
        if (parsed.GetValue(_json)) output.WriteLine(Json(trained.Description, predictions));
        return Tool.Done;
    }

    private static double[] Image(TrainedModel trained, ImageEncoding encoding, string path, bool fit, bool invert)
    {
        Image image = Path.GetExtension(path).ToUpperInvariant() is ".PGM" or ".PPM" or ".PNM" ? Pnm.Read(path) : Png.Read(path);
        float[] input = new float[encoding.Shape.Count];
        encoding.Encode(invert ? image.Invert() : image, input, fit);
        return Outputs(trained, input, encoding.Shape).Single();
    }

    private static IEnumerable<(string, double[])> Rows(TrainedModel trained, TableSchema schema, string path)
    {
        TableDataset rows = schema.Encode(schema.Read(path), withTarget: false);
        return Outputs(trained, rows.Read<float>(Field.InputName), rows.InputShape)
            .Select((outputs, row) => ($"{path} row {row + 1}", outputs));
    }

    private static IEnumerable<double[]> Texts(TrainedModel trained, IReadOnlyList<string> texts) =>
        texts.Chunk(TextsAtOnce).SelectMany(some => Outputs(trained, trained.Texts!.Encode(some)));

    private static IEnumerable<double[]> Outputs(TrainedModel trained, float[] inputs, Shape one) =>
        Outputs(trained, Tensor.From<float>(inputs, one.Insert(0, inputs.Length / one.Count)));

    private static IEnumerable<double[]> Outputs(TrainedModel trained, Tensor inputs)
    {
        double[] all = trained.Predict(inputs).Cast(DType.Float64).ToArray<double>();
        return all.Chunk(all.Length / Math.Max(1, inputs.Shape[0]));
    }

    private static string Text(RunDescription run, double[] outputs)
    {
        if (!run.IsClassifier)
            return string.Join(", ", outputs.Select((value, i) => $"{run.Names[i]} {value.ToString("g6", CultureInfo.InvariantCulture)}"));
        IEnumerable<int> best = Enumerable.Range(0, outputs.Length).OrderByDescending(i => outputs[i]).Take(MostShown);
        return string.Join(", ", best.Select(i => $"{run.Names[i]} {outputs[i].ToString("0.0000", CultureInfo.InvariantCulture)}"));
    }

    private static string Json(RunDescription run, List<(string Input, double[] Outputs)> predictions) => JsonLine.Of(json =>
    {
        json.WriteString("model", run.Model);
        json.WriteStartArray("predictions");
        foreach ((string input, double[] outputs) in predictions)
        {
            json.WriteStartObject();
            json.WriteString("input", input);
            if (run.IsClassifier) json.WriteString("class", run.Names[Array.IndexOf(outputs, outputs.Max())]);
            json.WriteStartObject(run.IsClassifier ? "probabilities" : "values");
            for (int i = 0; i < outputs.Length; i++) JsonLine.Number(json, run.Names[i], outputs[i]);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
