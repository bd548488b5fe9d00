using System.Text.Json;
using System.Text.Json.Serialization;
using Hebb.Data;

namespace Hebb.Training;

/// <summary>All that is needed to use a trained model again, as run.json holds it.</summary>
public sealed record RunDescription
{
    /// <summary>The version of Hebb that trained the model.</summary>
    [JsonRequired]
    public string Version { get; init; } = "";

    /// <summary>The data set's name, or its file.</summary>
    [JsonRequired]
    public string Data { get; init; } = "";

    /// <summary>How many samples the data set had, training, validating and testing; 0 if that is not known.</summary>
    public int DataCount { get; init; }

    /// <summary>What the samples are recognized by if they came from a file or a folder; see <see cref="DataBundle.Sha256"/>.</summary>
    public string? DataSha256 { get; init; }

    /// <summary>Which split was used.</summary>
    public ulong SplitSeed { get; init; }

    /// <summary>The column that was predicted, for CSV files.</summary>
    public string? Target { get; init; }

    /// <summary>The column of texts, for CSV files.</summary>
    public string? Text { get; init; }

    /// <summary>Whether the CSV file's first row names the columns; null if that was found out.</summary>
    public bool? Header { get; init; }

    /// <summary>What separates the CSV file's cells; null if that was found out.</summary>
    public char? Separator { get; init; }

    /// <summary>What stands before the decimals of the CSV file's numbers; null is a point.</summary>
    public char? Decimal { get; init; }

    /// <summary>Columns of the CSV file that were taken as categories.</summary>
    [JsonRequired]
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>The text from which the model is built.</summary>
    [JsonRequired]
    public string Model { get; init; } = "";

    /// <summary>
    /// SHA-256 of model.safetensors, by which the weights of another run are told apart; null if it is not known. Written with the run.
    /// </summary>
    public string? ModelSha256 { get; init; }

    /// <summary>The shape of one input.</summary>
    [JsonRequired]
    public IReadOnlyList<int> InputShape { get; init; } = [];

    /// <summary>How many tokens there are, if inputs are numbers of tokens.</summary>
    public int? TokenCount { get; init; }

    /// <summary>Whether the model chooses among classes; otherwise it gives numbers.</summary>
    public bool IsClassifier { get; init; }

    /// <summary>The names of the classes, or of the numbers.</summary>
    [JsonRequired]
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>How images become inputs.</summary>
    public JsonElement? Images { get; init; }

    /// <summary>How rows of a table become inputs.</summary>
    public JsonElement? Table { get; init; }

    /// <summary>How texts become inputs.</summary>
    public JsonElement? Texts { get; init; }

    /// <summary>How it was trained.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>Whether training was canceled: the weights are then those of the last epoch that ended.</summary>
    public bool IsCanceled { get; init; }

    /// <summary>The figures of the run, by name; what does not apply is left out.</summary>
    [JsonRequired]
    public IReadOnlyDictionary<string, double> Results { get; init; } = new Dictionary<string, double>();

    /// <summary>Images, table and texts, read at the first use; those of a description which this is a copy of are of no use.</summary>
    internal RunParts Parts => _parts is { } parts && ReferenceEquals(parts.Run, this) ? parts : _parts = new RunParts(this);

    private RunParts? _parts;

    /// <summary>What was trained on which data, and its figures, in a line.</summary>
    public override string ToString() => InvariantText.Of(() => PlainText.Of(
        $"{Model} for {(IsClassifier ? $"{Names.Count} classes" : string.Join(", ", Names))} of {Data}"
        + string.Concat(Results.Select(figure => $", {figure.Key} {figure.Value:g6}")) + (IsCanceled ? ", canceled" : "")));
}
