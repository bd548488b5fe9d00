using System.CommandLine;
using System.Runtime.ExceptionServices;
using Hebb.Data;
using Hebb.Files;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Cli;

/// <summary>hebb predict RUN INPUT...: class probabilities, or numbers, for images, the rows of CSV files, or texts.</summary>
internal sealed class PredictCommand : ICommand
{
    private const int RowsAtOnce = 256, NumbersAtOnce = 1 << 18; // at most so many, and one row at least

    private readonly Argument<string> _run = new("RUN") { Description = "A run folder that 'train' wrote." };
    private readonly Argument<string[]> _inputs = new("INPUT")
    {
        Description = "Images (PNG, JPEG, PGM, PPM), CSV files, or text files with a text on each line.",
        Arity = ArgumentArity.ZeroOrMore
    };
    private readonly Option<string[]> _text = new("--text") { Description = "A text; may be given several times." };
    private readonly Option<bool> _fit = new("--fit") { Description = "Resize images of another size." };
    private readonly Option<bool> _invert = new("--invert") { Description = "Invert images: for dark strokes on a light ground." };
    private readonly Option<Rgb?> _background = SharedOptions.Background(
        "What shows through transparent pixels, '#rrggbb' or a gray level from 0 to 255; as in training by default, else white.");
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object instead of lines." };
    private readonly ReadingArguments _reading = new();
    private readonly ScopedOptions _scoped;

    public PredictCommand() => _scoped = new ScopedOptions
    {
        { _text, ScopedOptions.Texts },
        { _fit, DataKind.ImageFolder },
        { _invert, DataKind.ImageFolder },
        { _background, DataKind.ImageFolder },
        _reading.ForRun,
    };

    public Command Build()
    {
        Command command = new("predict", "Predict for images, rows or texts.") { _run, _inputs, _json };
        _scoped.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            using PredictionWriter writer = new(parsed.InvocationConfiguration.Output, parsed.GetValue(_json));
            return Task.FromResult(Abandonable.Run(() => Run(parsed, writer, cancellation), cancellation));
        });
        return command;
    }

    private int Run(ParseResult parsed, PredictionWriter writer, CancellationToken cancellation)
    {
        TrainedModel trained = TrainedModel.Read(parsed.GetValue(_run)!, ReadyModels.Build);
        string[] paths = parsed.GetValue(_inputs) ?? [], given = parsed.GetValue(_text) ?? [];
        if (paths.Length + given.Length == 0)
            throw new UsageException("There is nothing to predict for; name files, or give texts by --text.");
        if (trained is { Images: null, Table: null, Texts: null })
            throw new UsageException($"The model was trained on '{trained.Description.Data}', "
                + "whose samples are neither images nor rows of a table nor texts; predict with a model of those.");
        DataKind kind = trained.Images is not null ? DataKind.ImageFolder
            : trained.Table is not null ? DataKind.CsvTable
            : trained.Description.Text is not null ? DataKind.CsvTexts : DataKind.TextFolder;
        _scoped.Require(parsed, kind, "the model takes");
        if (Array.Find(paths, Directory.Exists) is { } folder)
            throw new UsageException($"'{folder}' is a folder; name the files in it.");
        if (Array.Find(paths, path => !File.Exists(path)) is { } absent)
            throw new FileNotFoundException($"There is no file '{absent}'; name an image, a CSV file or a file of texts.", absent);
        foreach (string path in paths) trained.RequireFit(path, Jpeg.Formats);
        writer.Write(trained, Predict(trained, given, paths, parsed, _reading.ReadOver(trained, parsed)), cancellation);
        return Tool.Done;
    }

    /// <summary>Predicts while the files are read.</summary>
    private IEnumerable<Prediction> Predict(
        TrainedModel trained, string[] texts, string[] paths, ParseResult parsed, TableReading reading)
    {
        foreach (Prediction prediction in Texts(trained, texts, (_, text) => text)) yield return prediction;
        foreach (string path in paths)
        {
            if (trained.Images is { } encoding)
            {
                ImageEncoding images = encoding with { Background = parsed.GetValue(_background) ?? encoding.Background };
                yield return new Prediction(path, Image(trained, images, path, parsed.GetValue(_fit), parsed.GetValue(_invert)));
            }
            IEnumerable<Prediction> rows =
                trained.Table is { } table ? Rows(trained, table, path, reading, parsed.InvocationConfiguration.Error)
                : trained.Texts is null ? []
                : Texts(trained, trained.ReadTexts(path, reading, Notice), (i, _) => $"{path} text {i + 1}");
            foreach (Prediction prediction in rows) yield return prediction;
        }

        void Notice(string notice) => DataArguments.Show([notice], parsed.InvocationConfiguration.Error);
    }

    private static double[] Image(TrainedModel trained, ImageEncoding encoding, string path, bool fit, bool invert)
    {
        Image image = Jpeg.Formats.Read(path).Over(encoding.Background ?? Rgb.White);
        float[] input = new float[encoding.Shape.Count];
        try
        {
            encoding.Encode(invert ? image.Invert() : image, input, fit);
        }
        catch (FormatException error)
        {
            throw new FormatException($"'{path}': {error.Message}", error);
        }
        return Outputs(trained, input, encoding.Shape).Single();
    }

    /// <summary>Predicts as the rows are read, some at a time.</summary>
    private static IEnumerable<Prediction> Rows(
        TrainedModel trained, TableSchema schema, string path, TableReading reading, TextWriter errors)
    {
        using TableReader rows = schema.Open(path, reading);
        DataArguments.Show(rows.Notices, errors);
        float[] inputs = new float[Math.Clamp(NumbersAtOnce / schema.Width, 1, RowsAtOnce) * schema.Width];
        long row = 0;
        for (int count; (count = rows.Read(inputs)) > 0;)
        {
            foreach (double[] outputs in Outputs(trained, inputs.AsSpan(0, count * schema.Width), [schema.Width]))
                yield return new Prediction($"{path} row {++row}", outputs);
        }
    }

    private static IEnumerable<Prediction> Texts(TrainedModel trained, IEnumerable<string> texts, Func<long, string, string> name)
    {
        long place = 0;
        foreach (string[] some in Together(texts))
        {
            foreach ((double[] outputs, string text) in Outputs(trained, trained.Texts!.Encode(some)).Zip(some))
                yield return new Prediction(name(place++, text), outputs);
        }
    }

    /// <summary>Some texts at a time; fewer before one that cannot be read, so that it is reported after them.</summary>
    private static IEnumerable<string[]> Together(IEnumerable<string> texts)
    {
        List<string> some = [];
        ExceptionDispatchInfo? failure = null;
        using IEnumerator<string> next = texts.GetEnumerator();
        while (failure is null)
        {
            bool has = false;
            try
            {
                has = next.MoveNext();
            }
            catch (FormatException error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
            if (has) some.Add(next.Current);
            if (some.Count > 0 && (!has || some.Count == RowsAtOnce))
            {
                yield return [.. some];
                some.Clear();
            }
            if (!has) break;
        }
        failure?.Throw();
    }

    private static IEnumerable<double[]> Outputs(TrainedModel trained, ReadOnlySpan<float> inputs, Shape one) =>
        Outputs(trained, Tensor.From(inputs, one.Insert(0, inputs.Length / one.Count)));

    private static IEnumerable<double[]> Outputs(TrainedModel trained, Tensor inputs)
    {
        double[] all = trained.Predict(inputs).Cast(DType.Float64).ToArray<double>();
        return all.Chunk(all.Length / Math.Max(1, inputs.Shape[0]));
    }
}
