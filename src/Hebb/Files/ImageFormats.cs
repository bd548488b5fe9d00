namespace Hebb.Files;

/// <summary>
/// What reads image files, chosen by the ending of their names: PNG (.png), PGM and PPM (.pgm, .ppm, .pnm), and what a program adds.
/// </summary>
public sealed class ImageFormats
{
    private readonly Dictionary<string, Func<string, Image>> _readers;

    private ImageFormats(Dictionary<string, Func<string, Image>> readers) => _readers = readers;

    /// <summary>PNG, PGM and PPM.</summary>
    public static ImageFormats BuiltIn { get; } = new(new Dictionary<string, Func<string, Image>>(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = path => Png.Read(path),
        [".pgm"] = Pnm.Read,
        [".ppm"] = Pnm.Read,
        [".pnm"] = Pnm.Read,
    });

    /// <summary>The endings that are known, in alphabetical order.</summary>
    public IReadOnlyList<string> Endings => [.. _readers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>These formats and another one, as in <c>ImageFormats.BuiltIn.With(ReadJpeg, ".jpg", ".jpeg")</c>.</summary>
    /// <param name="read">
    /// Reads the image at a path; it throws a FormatException in one sentence for a file that is none of the format.
    /// </param>
    /// <param name="endings">The endings of its names, with their dot, in any case.</param>
    public ImageFormats With(Func<string, Image> read, params ReadOnlySpan<string> endings)
    {
        ArgumentNullException.ThrowIfNull(read);
        Dictionary<string, Func<string, Image>> readers = new(_readers, StringComparer.OrdinalIgnoreCase);
        foreach (string ending in endings) readers[ending] = read;
        return new ImageFormats(readers);
    }

    /// <inheritdoc cref="With(Func{string, Image}, ReadOnlySpan{string})"/>
    public ImageFormats With(Func<string, Image> read, params string[] endings) => With(read, (ReadOnlySpan<string>)endings);

    /// <summary>Whether a file's name ends as that of an image.</summary>
    public bool Knows(string path) => _readers.ContainsKey(Path.GetExtension(path));

    /// <summary>Reads an image; a name with an unknown ending is taken for one of a PNG file.</summary>
    /// <exception cref="FormatException">The file is no image of its format, or is damaged; the message names the place.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public Image Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return _readers.TryGetValue(Path.GetExtension(path), out Func<string, Image>? read)
            ? read(path) ?? throw Argument.Nothing($"The reader of '{path}'", "the image")
            : Png.Read(path);
    }
}
