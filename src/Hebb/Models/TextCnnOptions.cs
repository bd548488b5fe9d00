namespace Hebb.Models;

/// <summary>Sizes and dropout of a <see cref="TextCnn"/>.</summary>
public sealed record TextCnnOptions
{
    /// <summary>The numbers of a word's vector. Default: 128.</summary>
    public int Features { get; init => field = Argument.AtLeast(value, 1, nameof(Features)); } = 128;

    /// <summary>How many filters each width of window has. Default: 100.</summary>
    public int Filters { get; init => field = Argument.AtLeast(value, 1, nameof(Filters)); } = 100;

    /// <summary>How many words the windows see. Default: 3, 4 and 5.</summary>
    public IReadOnlyList<int> Widths { get; init; } = [3, 4, 5];

    /// <summary>The standard deviation from which words' vectors start. Default: 0.1.</summary>
    public double Spread { get; init => field = Argument.AtLeast(value, 0, nameof(Spread)); } = 0.1;

    /// <summary>How likely a whole word is left out in training, from 0 to below 1. Default: 0.</summary>
    public double WordDropout { get; init => field = Argument.Below(value, 0, 1, nameof(WordDropout)); }

    /// <summary>
    /// How likely a number of a word's vector is left out in training, from 0 to below 1; few texts need much. Default: 0.8.
    /// </summary>
    public double FeatureDropout { get; init => field = Argument.Below(value, 0, 1, nameof(FeatureDropout)); } = 0.8;

    /// <summary>How likely what a filter found is left out in training, from 0 to below 1. Default: 0.3.</summary>
    public double Dropout { get; init => field = Argument.Below(value, 0, 1, nameof(Dropout)); } = 0.3;

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(TextCnnOptions), PrintMembers);
}
