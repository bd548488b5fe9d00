using Hebb.Data;
using Hebb.Files;
using Hebb.Layers;

namespace Hebb.Training;

/// <summary>A model out of a run folder, with what turns images, rows and texts into its inputs.</summary>
/// <param name="Description">What run.json says.</param>
/// <param name="Model">The model, in evaluation mode.</param>
public sealed record TrainedModel(RunDescription Description, Module Model)
{
    /// <summary>How images become inputs; null unless it was trained on images.</summary>
    public ImageEncoding? Images { get; } = Description.Parts.Images;

    /// <summary>How rows become inputs; null unless it was trained on a table.</summary>
    public TableSchema? Table { get; } = Description.Parts.Table;

    /// <summary>How texts become inputs; null unless it was trained on texts.</summary>
    public TextEncoding? Texts { get; } = Description.Parts.Texts;

    /// <summary>Loss and score of its task.</summary>
    public TrainingTask Task => Description.IsClassifier ? TrainingTask.Classification : TrainingTask.Regression;

    /// <summary>Reads a run folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="build">Builds the model that a description names, such as Models.ReadyModels.Build.</param>
    /// <exception cref="FileNotFoundException">The folder holds no run.</exception>
    /// <exception cref="FormatException">A file of the run is damaged.</exception>
    public static TrainedModel Read(string folder, Func<RunDescription, Module> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        (RunDescription description, Module model) = RunFolder.Read(folder, described =>
        {
            described.Parts.RequireSound();
            return build(described);
        });
        if (OutputsOf(model, description) is { } outputs && outputs != description.Names.Count)
            throw new FormatException($"'{Path.Combine(folder, RunFolder.DescriptionFile)}' has {description.Names.Count} names "
                + $"for a model with {outputs} outputs; train again.");
        return new TrainedModel(description, model);
    }

    /// <summary>How many outputs the model has; null if that cannot be found without computing.</summary>
    private static int? OutputsOf(Module model, RunDescription run)
    {
        DType type = run.TokenCount is null ? model.Parameters().FirstOrDefault()?.DType ?? DType.Float32 : DType.Int64;
        try
        {
            TensorSpec output = model.Infer(new TensorSpec(type, [1, .. run.InputShape]));
            return output.Shape.Rank == 0 ? 1 : output.Shape[-1];
        }
        catch (ShapeException)
        {
            return 0;
        }
        catch (TraceException)
        {
            return null;
        }
    }

    /// <summary>How CSV files are read as the one was that it learned from, as far as that was said and not found out.</summary>
    public TableReading Reading => new()
    {
        Separator = Description.Separator,
        Header = Description.Header,
        Decimal = Description.Decimal,
    };

    /// <summary>How to load data for this model: split as in training, encoded as in training.</summary>
    public DataOptions DataOptions(string? root) => new()
    {
        Root = root,
        SplitSeed = Description.SplitSeed,
        Target = Description.Target,
        Text = Description.Text,
        Header = Description.Header,
        Separator = Description.Separator,
        Decimal = Description.Decimal,
        Categorical = Description.Categorical,
        Images = Images,
        Table = Table,
        Texts = Texts,
    };

    /// <summary>
    /// Refuses a file that by its first bytes is of another kind than those that the model was trained on, such as an image for a table.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="formats">What is to read images, chosen by the ending of their names; null does not look at names.</param>
    /// <exception cref="FormatException">It is; the message says what the model takes.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public void RequireFit(string file, ImageFormats? formats = null)
    {
        string? found = FileKind.Of(file);
        bool isRead = formats is null || formats.Knows(file) || found == FileKind.Png; // for which others are taken
        if (Images is null ? found is null : FileKind.IsImage(found) && isRead) return;
        string wanted = Images is not null ? $"an image{(formats is null ? "" : $" ({string.Join(", ", formats.Endings)})")}"
            : Table is not null ? "a CSV file in UTF-8" : "a text file in UTF-8";
        throw new FormatException(
            $"'{file}' is {found ?? "no image"}, but the model was trained on {Kind} ('{Description.Data}'); give it {wanted}.");
    }

    /// <summary>
    /// The texts of a file, one after the other as they are asked for, for a model of texts: those of the column that it learned from,
    /// if it did from a CSV file and this is one; else the lines. A file .txt is one of lines, unless the model's own CSV file ended so.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="reading">Separator and header of a CSV file; what the run says by default.</param>
    /// <param name="notice">Told, in a sentence, what was assumed about a CSV file where it does not say for sure.</param>
    /// <exception cref="FormatException">The file has no text, or no such column, or is damaged; the message names the place.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public IEnumerable<string> ReadTexts(string file, TableReading? reading = null, Action<string>? notice = null)
    {
        reading ??= Reading;
        bool hasColumns = Description.Text is not null && (!LabeledTexts.IsText(file) || LabeledTexts.IsText(Description.Data));
        return hasColumns
            ? CsvTexts.Stream(file, Description.Text!, reading.Csv, notice)
            : TextLines.Stream(file);
    }

    /// <summary>What the samples are that it was trained on.</summary>
    private string Kind => KindOf(Images, Table, Description.TokenCount);

    private static string KindOf(ImageEncoding? images, TableSchema? table, int? tokens) =>
        images is not null ? "images" : table is not null ? "rows of a table" : tokens is not null ? "texts" : "measurements";

    /// <summary>Refuses data that the model was not made for.</summary>
    /// <exception cref="FormatException">Inputs or classes differ from those of training.</exception>
    public void RequireFit(DataBundle data)
    {
        Shape expected = Shape.Create([.. Description.InputShape]);
        string kind = KindOf(data.Images, data.Table, data.TokenCount);
        bool isOther = data.TokenCount is null != Description.TokenCount is null || data.InputShape != expected;
        if (isOther && kind != Kind)
            throw new FormatException(
                $"'{data.Name}' holds {kind}, but the model was trained on {Kind}; give data like those of its training.");
        if (data.InputShape != expected)
            throw new FormatException(
                $"'{data.Name}' has inputs of shape {data.InputShape}, but the model was trained on {expected}; give data of that shape.");
        if (data.Target.IsClass != Description.IsClassifier || !data.Target.Names.SequenceEqual(Description.Names))
            throw new FormatException($"'{data.Name}' asks for {Names(data.Target.Names)}, "
                + $"but the model was trained for {Names(Description.Names)}; give data with the same targets.");

        static string Names(IReadOnlyList<string> names) => PlainText.List(names, most: 12);
    }

    /// <summary>
    /// The samples of a set that the model may be measured by: those that test, or of other files than the one of its training all.
    /// </summary>
    /// <param name="data">Data that fit, loaded with <see cref="DataOptions"/>.</param>
    /// <returns>The samples, and a remark if they are not what the name of the data promises.</returns>
    public (IDataset Samples, string? Remark) TestSamples(DataBundle data)
    {
        bool isSameName = data.Name == Description.Data;
        if (data.Sha256 is null) return (data.Test, null);
        if (data.Sha256 == Description.DataSha256)
            return (data.Test, isSameName ? null
                : $"'{data.Name}' holds the data that the model was trained on, "
                    + $"so only the {data.Test.Count} samples that test are measured.");
        IDataset all = ((Subset)data.Test).Whole;
        return (all, isSameName ? $"'{data.Name}' has changed since training ({Description.DataCount} samples then, {data.Count} now), "
            + "so all of it is measured; samples of the training may be among it." : null);
    }

    /// <summary>
    /// The outputs for inputs [N, ...]: probabilities of the classes, or numbers in the unit of the target, which are float64 if a table's
    /// target was scaled: many numbers that lie close together and far from 0 are one number in float32.
    /// </summary>
    public Tensor Predict(Tensor inputs)
    {
        using NoGrad none = new();
        Tensor output = Answer(Model.Forward(inputs));
        return Table?.TargetScaler is null ? output
            : Tensor.From(Array.ConvertAll(output.ToArray<float>(), number => InUnit(number)), output.Shape);
    }

    /// <summary>
    /// What the model says of one row: probabilities of the classes, or a number in the unit of the target, by name. The first call records
    /// the model and takes milliseconds; others take microseconds. Several threads may call at once.
    /// </summary>
    /// <inheritdoc cref="RowPredictor.Predict(IReadOnlyDictionary{string, object?})" path="/param|/exception"/>
    /// <exception cref="InvalidOperationException">The model was not trained on a table.</exception>
    public RowPrediction PredictRow(IReadOnlyDictionary<string, object?> row) => Rows.Predict(row);

    /// <summary>What the model says of one row whose values are given in the order of the table's inputs, without their names.</summary>
    /// <inheritdoc cref="RowPredictor.Predict(ReadOnlySpan{TableCell})" path="/param|/exception"/>
    /// <exception cref="InvalidOperationException">The model was not trained on a table.</exception>
    public RowPrediction PredictRow(params ReadOnlySpan<TableCell> row) => Rows.Predict(row);

    /// <inheritdoc cref="PredictRow(ReadOnlySpan{TableCell})"/>
    public RowPrediction PredictRow(params TableCell[] row) => Rows.Predict(row);

    /// <summary>What is kept for single rows; that of a record which this is a copy of is of no use.</summary>
    private RowPredictor Rows => _rows is { } rows && ReferenceEquals(rows.Trained, this) ? rows : _rows = new RowPredictor(this);

    private RowPredictor? _rows;

    /// <summary>What was trained on which data, and its figures, in a line.</summary>
    public override string ToString() => Description.ToString();

    /// <summary>Probabilities, or numbers that have yet to be brought to their unit, out of what the model gives.</summary>
    internal Tensor Answer(Tensor output) => Description.IsClassifier ? output.Softmax(-1) : output;

    /// <summary>A number out of an answer, in the unit of the target.</summary>
    internal double InUnit(double number) => Table?.TargetScaler?.Inverse(number, 0) ?? number;
}
