using Hebb.Data;

namespace Hebb.Training;

/// <summary>What turns images, rows and texts into inputs, as a description holds it; each is read once.</summary>
internal sealed class RunParts(RunDescription run)
{
    /// <summary>Whose parts they are.</summary>
    public RunDescription Run { get; } = run;

    /// <summary>How images become inputs; null unless the run is of images.</summary>
    public ImageEncoding? Images { get; } = run.Images is { } json ? ImageEncoding.FromJson(json.GetRawText()) : null;

    /// <summary>How rows become inputs; null unless the run is of a table.</summary>
    public TableSchema? Table { get; } = run.Table is { } json ? TableSchema.FromJson(json.GetRawText()) : null;

    /// <summary>How texts become inputs; null unless the run is of texts.</summary>
    public TextEncoding? Texts { get; } = run.Texts is { } json ? TextEncoding.FromJson(json.GetRawText()) : null;

    /// <summary>Refuses parts that contradict each other or the rest of the description.</summary>
    /// <exception cref="FormatException">They do.</exception>
    public void RequireSound()
    {
        Shape input = Shape.Create([.. Run.InputShape]);
        bool isAlone = (Images is null ? 0 : 1) + (Table is null ? 0 : 1) + (Texts is null ? 0 : 1) <= 1;
        Require(isAlone, "more ways from data to inputs");
        Require(Run.Names.Count > 0, "fewer names of outputs");
        Require(Images is null || Images.Shape == input, "images of other sizes");
        Require(Table is null || (input == [Table.Width] && Table.Target.IsNumeric != Run.IsClassifier), "a table of other columns");
        Require(Texts is null || (Texts.Vocabulary.Count == Run.TokenCount && input == [Texts.Length]), "a text encoding of other sizes");

        static void Require(bool holds, string otherwise)
        {
            if (!holds) throw new FormatException($"it holds {otherwise} than its model has; train again.");
        }
    }
}
