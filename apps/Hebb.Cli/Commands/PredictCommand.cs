using System.CommandLine;
using System.Globalization;
using Hebb.Data;
using Hebb.Files;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Cli;

/// <summary>hebb predict RUN INPUT...: class probabilities, or numbers, for images or the rows of CSV files.</summary>
internal sealed class PredictCommand : ICommand
{
    private const int MostShown = 3;

    private readonly Argument<string> _run = new("RUN") { Description = "A run folder that 'train' wrote." };
    private readonly Argument<string[]> _inputs = new("INPUT") { Description = "Images (PNG, PGM, PPM) or CSV files.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _fit = new("--fit") { Description = "Resize images of another size." };
    private readonly Option<bool> _invert = new("--invert") { Description = "Invert images: for dark strokes on a light ground." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object on the last line." };

    public Command Build()
    {
        Command command = new("predict", "Predict for images or rows.") { _run, _inputs, _fit, _invert, _json };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        TrainedModel trained = TrainedModel.Read(parsed.GetValue(_run)!, ReadyModels.Build);
        List<(string Input, double[] Outputs)> predictions = [];
        foreach (string path in parsed.GetValue(_inputs)!)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'; name an image or a CSV file.", path);
            if (trained.Images is { } images) predictions.Add((path, Image(trained, images, path, parsed.GetValue(_fit), parsed.GetValue(_invert))));
            else if (trained.Table is { } table) predictions.AddRange(Rows(trained, table, path));
            else throw new UsageException($"The model was trained on '{trained.Description.Data}', whose samples are neither images nor rows of a table; predict with a model of images or tables.");
        }
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
        float[] inputs = new float[rows.Count * rows.InputShape.Count];
        rows.FillInputs([.. Enumerable.Range(0, rows.Count)], inputs);
        return Outputs(trained, inputs, rows.InputShape).Select((outputs, row) => ($"{path} row {row + 1}", outputs));
    }

    private static IEnumerable<double[]> Outputs(TrainedModel trained, float[] inputs, Shape one)
    {
        int count = inputs.Length / one.Count;
        double[] all = trained.Predict(Tensor.From<float>(inputs, one.Insert(0, count))).Cast(DType.Float64).ToArray<double>();
        return all.Chunk(all.Length / Math.Max(1, count));
    }

    private static string Text(RunDescription run, double[] outputs)
    {
        if (!run.IsClassifier) return string.Join(", ", outputs.Select((value, i) => $"{run.Names[i]} {value.ToString("g6", CultureInfo.InvariantCulture)}"));
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
