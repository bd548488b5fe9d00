namespace Hebb.Data;

/// <summary>A data set parted for training, with what turns further images or rows into inputs.</summary>
/// <param name="Name">The set's name, or the path of its file.</param>
/// <param name="Train">The samples to fit to.</param>
/// <param name="Validation">The samples that choose and stop.</param>
/// <param name="Test">The samples to look at once, at the end.</param>
public sealed record DataBundle(string Name, IDataset Train, IDataset Validation, IDataset Test)
{
    private const int MostNames = 10;

    /// <summary>What has been found good for training on the set; null if nothing is known.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>How images become inputs; null unless the samples are images.</summary>
    public ImageEncoding? Images { get; init; }

    /// <summary>How rows of a table become inputs; null unless the samples are rows.</summary>
    public TableSchema? Table { get; init; }

    /// <summary>How texts become inputs; null unless the samples are texts.</summary>
    public TextEncoding? Texts { get; init; }

    /// <summary>
    /// What the samples are recognized by, for sets that come from a path and not by a known name: a hash of all they hold; else null.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>How many samples there are.</summary>
    public int Count => Train.Count + Validation.Count + Test.Count;

    /// <summary>
    /// What was assumed about a file or folder where it does not say for sure, and what is odd about it, each in a sentence that names the
    /// mend; empty for sets that are known by name.
    /// </summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The shape of one input.</summary>
    public Shape InputShape => Train.InputShape;

    /// <summary>How many tokens there are, if inputs are numbers of tokens; see <see cref="Field.TokenCount"/>.</summary>
    public int? TokenCount => Train.TokenCount;

    /// <summary>What belongs to each input.</summary>
    public Target Target => Train.Target;

    /// <summary>The name, how many samples there are, their shape, and the first classes, in a line.</summary>
    public override string ToString() => InvariantText.Of(() =>
        $"{PlainText.Of(Name)}: {Train.Count} training, {Validation.Count} validating "
        + $"and {Test.Count} testing samples of shape {InputShape}{Classes()}");

    private string Classes() => !Target.IsClass ? ""
        : $", {Target.Width} classes ({PlainText.List([.. Target.Names.Select(PlainText.InList)], MostNames)})";
}
