namespace Hebb.Data;

/// <summary>What <see cref="DataCatalog.Load"/> finds under a name or a path, which decides what options say something about it.</summary>
[Flags]
public enum DataKind
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A known set that needs no files.</summary>
    Generated = 1,

    /// <summary>A known set of images.</summary>
    KnownImages = 2,

    /// <summary>A known table.</summary>
    KnownTable = 4,

    /// <summary>A known set of texts.</summary>
    KnownTexts = 8,

    /// <summary>A CSV file with columns of measurements and categories.</summary>
    CsvTable = 16,

    /// <summary>A CSV file with a column of texts.</summary>
    CsvTexts = 32,

    /// <summary>A folder of images.</summary>
    ImageFolder = 64,

    /// <summary>A folder of texts.</summary>
    TextFolder = 128,
}
