using System.Buffers.Binary;

namespace Hebb.Files;

/// <summary>Named arrays and text notes, as a safetensors file holds them.</summary>
/// <param name="Arrays">The arrays by name, sorted by name (ordinal).</param>
/// <param name="Metadata">Free text by key, sorted by key (ordinal); empty if the file has none.</param>
public sealed record SafetensorsContent(
    IReadOnlyDictionary<string, TypedArray> Arrays, IReadOnlyDictionary<string, string> Metadata);

/// <summary>
/// The safetensors format: the length of the header as a little-endian 64-bit integer, a JSON header that gives each array's type, shape
/// and place, and the elements, little-endian. Every <see cref="ElementType"/> is read; Bool, Int64, Float32 and Float64, with which Hebb
/// computes, are written. The bytes that the writer makes are a function of the content alone: arrays lie by falling element size, then by
/// name (ordinal), so that each is aligned to its elements.
/// </summary>
public static class Safetensors
{
    /// <summary>The longest header accepted, as in the reference implementation: 100 MB.</summary>
    public const int MaxHeader = 100_000_000;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">
    /// The header is too long or is not the JSON described above; a name occurs twice; the arrays overlap, leave gaps or do not end with
    /// the file; a type is not supported. The message names the byte.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static SafetensorsContent Read(string path) => Read(path, hash: null);

    /// <summary>Reads a file, and takes in the hash of its bytes on the way.</summary>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    internal static SafetensorsContent Read(string path, Sha256? hash)
    {
        using ByteSource source = ByteSource.Open(path, long.MaxValue, unpack: false);
        source.Hash = hash;
        return Read(source);
    }

    /// <summary>Reads from a stream that can seek and stays open; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static SafetensorsContent Read(Stream stream, string name)
    {
        using ByteSource source = ByteSource.Over(stream, name, long.MaxValue, unpack: false);
        return Read(source);
    }

    /// <summary>Writes a file in one step (see <see cref="AtomicFile"/>).</summary>
    /// <param name="path">The file to create or to replace.</param>
    /// <param name="arrays">The arrays by name, in any order; types Bool, Int64, Float32, Float64.</param>
    /// <param name="metadata">Free text by key.</param>
    /// <exception cref="ArgumentException">
    /// A name or a key occurs twice or is no valid Unicode, a name is <c>__metadata__</c>, a note is null, or an array has another type or
    /// more than 32 axes: what is written can be read.
    /// </exception>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, TypedArray>> arrays, IEnumerable<KeyValuePair<string, string>>? metadata = null) =>
        AtomicFile.Write(path, stream => Write(stream, arrays, metadata));

    /// <summary>Writes to a stream.</summary>
    /// <inheritdoc cref="Write(string, IEnumerable{KeyValuePair{string, TypedArray}}, IEnumerable{KeyValuePair{string, string}}?)"
    /// path="/param|/exception"/>
    public static void Write(
        Stream stream, IEnumerable<KeyValuePair<string, TypedArray>> arrays, IEnumerable<KeyValuePair<string, string>>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arrays);
        KeyValuePair<string, TypedArray>[] sorted =
            [.. arrays.OrderByDescending(pair => pair.Value.Type.Size).ThenBy(pair => pair.Key, StringComparer.Ordinal)];
        byte[] header = SafetensorsHeader.Write(sorted, [.. (metadata ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal)]);

        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (TypedArray array in sorted.Select(pair => pair.Value)) stream.WriteLittle(array);
    }

    /// <summary>What other file of weights begins so; null if none that is known.</summary>
    private static string? Foreign(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK\u0003\u0004"u8) ? "a PyTorch file or another zip archive"
        : start is [0x80, >= 2 and <= 5, ..] ? "a Python pickle, such as an old PyTorch file"
        : start[1..].StartsWith("HDF\r\n"u8) ? "an HDF5 file, as Keras writes it"
        : null;

    private static SafetensorsContent Read(ByteSource source)
    {
        Span<byte> start = stackalloc byte[8];
        source.Fill(start, "safetensors header length");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > MaxHeader && Foreign(start) is { } kind)
            throw source.Error(
                0, $"the beginning of {kind}", "the length of a safetensors header",
                "in Python, write the weights with safetensors.torch.save_file(model.state_dict(), 'model.safetensors')");
        if (length > MaxHeader)
            throw source.Error(0, $"a header of {length} bytes", $"at most {MaxHeader}", "give a safetensors file");
        SafetensorsHeader header = SafetensorsHeader.Parse(source, source.Take((long)length, "safetensors header"));

        SortedDictionary<string, TypedArray> arrays = new(StringComparer.Ordinal);
        foreach (SafetensorsHeader.Entry entry in header.Entries)
        {
            long at = source.Position;
            byte[] bytes = source.Take(entry.End - entry.Begin, $"array '{entry.Name}'");
            if (entry.Type == ElementType.Bool) source.ExpectBools(bytes, at);
            ByteOrder.Little(bytes, entry.Type.Size);
            arrays.Add(entry.Name, new TypedArray(entry.Type, entry.Shape, bytes));
        }

        source.ExpectEnd();
        return new SafetensorsContent(arrays, header.Metadata);
    }
}
