using System.Buffers;
using System.Text.Json;

namespace Hebb.Files;

/// <summary>The JSON header of a safetensors file, read and written.</summary>
internal sealed class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";
    private const int MaxRank = 32;
    private const int Start = 8; // of the header in the file

    /// <summary>The names of the types that are read; a file is written with those of <see cref="TypeName"/> alone.</summary>
    private static readonly (string Name, ElementType Type)[] s_types =
    [
        ("F16", ElementType.Float16), ("BF16", ElementType.BFloat16), ("F32", ElementType.Float32), ("F64", ElementType.Float64),
        ("I8", ElementType.Int8), ("U8", ElementType.UInt8), ("I16", ElementType.Int16), ("U16", ElementType.UInt16),
        ("I32", ElementType.Int32), ("U32", ElementType.UInt32), ("I64", ElementType.Int64), ("BOOL", ElementType.Bool),
    ];

    private readonly ByteSource _source;

    private SafetensorsHeader(ByteSource source) => _source = source;

    /// <summary>One array: its place counts from the end of the header.</summary>
    internal readonly record struct Entry(string Name, ElementType Type, int[] Shape, long Begin, long End);

    /// <summary>The arrays in the order in which their elements lie, without gaps.</summary>
    public List<Entry> Entries { get; } = [];

    public SortedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    public static SafetensorsHeader Parse(ByteSource source, byte[] json)
    {
        SafetensorsHeader header = new(source);
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 4 });
        try
        {
            header.Read(ref reader);
        }
        catch (JsonException)
        {
            throw header.Error(reader, "text that is not JSON");
        }
        catch (InvalidOperationException) // a string that is not valid Unicode
        {
            throw header.Error(reader, "a string that is not valid Unicode");
        }

        header.CheckPlaces();
        return header;
    }

    public static byte[] Write(ReadOnlySpan<KeyValuePair<string, TypedArray>> arrays, ReadOnlySpan<KeyValuePair<string, string>> metadata)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            if (metadata.Length > 0)
            {
                writer.WriteStartObject(MetadataKey);
                HashSet<string> keys = new(StringComparer.Ordinal);
                foreach ((string key, string value) in metadata)
                {
                    if (!keys.Add(Argument.Unicode(key, "A key of the metadata")))
                        throw new ArgumentException($"The key '{key}' of the metadata occurs twice; give each note its own key.");
                    writer.WriteString(key, Argument.Unicode(value, $"The metadata of the key '{key}'"));
                }
                writer.WriteEndObject();
            }

            long begin = 0;
            HashSet<string> names = new(StringComparer.Ordinal) { MetadataKey };
            foreach ((string name, TypedArray array) in arrays)
            {
                if (!names.Add(Argument.Unicode(name, "The name of an array")))
                    throw new ArgumentException($"The name '{name}' occurs twice or is reserved; give each array its own name.");
                if (array.Shape.Length > MaxRank)
                    throw new ArgumentException($"'{name}' has {array.Shape.Length} axes, and a file holds {MaxRank}; reshape it.");
                writer.WriteStartObject(name);
                writer.WriteString("dtype", TypeName(name, array));
                writer.WriteStartArray("shape");
                foreach (int axis in array.Shape) writer.WriteNumberValue(axis);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(begin);
                writer.WriteNumberValue(begin += array.Bytes.Length);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        if (buffer.WrittenCount > Safetensors.MaxHeader - 7)
            throw new ArgumentException(
                $"Names and metadata take {buffer.WrittenCount} bytes, and a header holds {Safetensors.MaxHeader}; shorten them.");
        int padding = -buffer.WrittenCount & 7; // so that the elements are aligned
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan.ToArray();
    }

    private static string TypeName(string name, TypedArray array) =>
        array.Type is ElementType.Float32 or ElementType.Float64 or ElementType.Int64 or ElementType.Bool
            ? Array.Find(s_types, one => one.Type == array.Type).Name
            : throw new ArgumentException($"'{name}' is {array}; convert it to Float32, Float64, Int64 or Bool.");

    private void Read(ref Utf8JsonReader reader)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        Expect(ref reader, JsonTokenType.StartObject, "an object");
        while (NextProperty(ref reader, out string name))
        {
            if (!names.Add(name)) throw Error(reader, $"the name '{name}' a second time");
            Expect(ref reader, JsonTokenType.StartObject, "an object");
            if (name == MetadataKey) ReadMetadata(ref reader);
            else Entries.Add(ReadEntry(ref reader, name));
        }

        if (reader.Read()) throw Error(reader, "more text after the object"); // only spaces may follow
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        while (NextProperty(ref reader, out string key))
        {
            Expect(ref reader, JsonTokenType.String, "text");
            if (!Metadata.TryAdd(key, reader.GetString()!)) throw Error(reader, $"the key '{key}' a second time");
        }
    }

    private Entry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        ElementType? type = null;
        List<long>? shape = null, place = null;
        while (NextProperty(ref reader, out string key))
        {
            switch (key)
            {
                case "dtype" when type is null: type = ReadType(ref reader, name); break;
                case "shape" when shape is null: shape = ReadNumbers(ref reader, MaxRank, int.MaxValue); break;
                case "data_offsets" when place is null: place = ReadNumbers(ref reader, 2, long.MaxValue / 2); break;
                default: throw Error(reader, $"'{key}' in '{name}' unknown or twice");
            }
        }

        if (type is null || shape is null || place is not [long begin, long end])
            throw Error(reader, $"'{name}' without a dtype, a shape or two data_offsets");
        UInt128 bytes = (UInt128)type.Value.Size; // saturates far below overflow: one more axis adds 31 bits at most
        foreach (long axis in shape) bytes = UInt128.Min(bytes * (UInt128)axis, (UInt128)1 << 80);
        if (end < begin || bytes != (UInt128)(end - begin))
            throw Error(reader, $"'{name}' of shape [{InvariantText.Join(", ", shape)}] at {begin} to {end}");
        return new Entry(name, type.Value, [.. shape.Select(axis => (int)axis)], begin, end);
    }

    private ElementType ReadType(ref Utf8JsonReader reader, string array)
    {
        Expect(ref reader, JsonTokenType.String, "a type name");
        string name = reader.GetString()!;
        int found = Array.FindIndex(s_types, one => one.Name == name);
        return found >= 0 ? s_types[found].Type
            : throw _source.Error(
                Start + reader.TokenStartIndex, $"'{Clip(array)}' of type '{Clip(name)}'",
                string.Join(", ", s_types.Select(one => one.Name)), "convert it before saving, whole numbers to I64, others to F32");
    }

    private List<long> ReadNumbers(ref Utf8JsonReader reader, int most, long largest)
    {
        List<long> numbers = [];
        Expect(ref reader, JsonTokenType.StartArray, "an array");
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            if (numbers.Count == most || !reader.TryGetInt64(out long number) || number < 0 || number > largest)
                throw Error(reader, $"an array that is not up to {most} whole numbers from 0 to {largest}");
            numbers.Add(number);
        }

        return reader.TokenType == JsonTokenType.EndArray ? numbers : throw Error(reader, "an array with something else than numbers");
    }

    private bool NextProperty(ref Utf8JsonReader reader, out string name)
    {
        bool more = reader.Read() && reader.TokenType == JsonTokenType.PropertyName;
        name = more ? reader.GetString()! : "";
        return more;
    }

    private void Expect(ref Utf8JsonReader reader, JsonTokenType token, string expected)
    {
        if (!reader.Read() || reader.TokenType != token) throw Error(reader, $"something else than {expected}");
    }

    /// <summary>
    /// Sorts by place; the arrays must lie end to end from the header's end. The reader checks that the file ends there too.
    /// </summary>
    private void CheckPlaces()
    {
        Entries.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        long end = 0;
        foreach (Entry entry in Entries)
        {
            if (entry.Begin != end)
            {
                throw _source.Error(
                    _source.Position + entry.Begin, $"'{entry.Name}' at {entry.Begin}", $"at {end}, where the last array ends",
                    "write the file again without gaps or overlaps");
            }

            end = entry.End;
        }
    }

    private FormatException Error(in Utf8JsonReader reader, string found) =>
        _source.Error(Start + reader.TokenStartIndex, Clip(found), "a safetensors header", "write the file again");

    // A header may hold names of megabytes; messages must not.
    private static string Clip(string text) => text.Length <= 120 ? text : text[..120] + "...";
}
