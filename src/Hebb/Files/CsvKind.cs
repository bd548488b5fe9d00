namespace Hebb.Files;

/// <summary>What the cells of a column are, where that is not left to the cells.</summary>
internal enum CsvKind
{
    /// <summary>Numbers, or missing.</summary>
    Numbers,

    /// <summary>Categories, or missing.</summary>
    Categories,

    /// <summary>Texts, of which only an empty one is missing.</summary>
    Texts,

    /// <summary>Of no interest: not kept.</summary>
    Dropped,
}
