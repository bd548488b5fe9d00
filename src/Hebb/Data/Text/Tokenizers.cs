namespace Hebb.Data;

/// <summary>The tokenizers that are known by name.</summary>
public static class Tokenizers
{
    private static readonly ITokenizer[] s_all =
        [new WordTokenizer(), new WordTokenizer(KeepsCase: true), new CharacterTokenizer(), new CharacterTokenizer(KeepsCase: false)];

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_all.Select(one => one.Name)];

    /// <summary>The tokenizer of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static ITokenizer Named(string name) => Array.Find(s_all, one => one.Name == name)
        ?? throw new ArgumentException($"There is no tokenizer '{name}'; choose one of {string.Join(", ", Names)}.");
}
