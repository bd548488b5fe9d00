namespace Hebb.Data;

/// <summary>How a <see cref="TextEncoding"/> is fitted to texts.</summary>
public sealed record TextOptions
{
    /// <summary>What cuts texts into tokens. Default: words in lower case.</summary>
    public ITokenizer Tokenizer { get; init; } = new WordTokenizer();

    /// <summary>How often a token must occur in the training part to have a number of its own; the others share one. Default: 1.</summary>
    public int AtLeast { get; init => field = Argument.AtLeast(value, 1, nameof(AtLeast)); } = 1;

    /// <summary>How many tokens have numbers of their own at most. Default: 50,000.</summary>
    public int Most { get; init => field = Argument.AtLeast(value, 1, nameof(Most)); } = 50_000;

    /// <summary>
    /// How many tokens an input holds: longer texts are cut off at the end, shorter ones filled up. Default, null: so many that 99.5 % of
    /// the training texts fit, but at most 512.
    /// </summary>
    public int? Length { get; init; }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(TextOptions), PrintMembers);
}
