using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Hebb.Data;

/// <summary>JSON of what is kept with a model, written by generated code, so that nothing is found by reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 8, Converters = [typeof(UnicodeText)])]
[JsonSerializable(typeof(Scaler))]
[JsonSerializable(typeof(ImageEncoding))]
[JsonSerializable(typeof(TableSchema))]
[JsonSerializable(typeof(TextEncodingText))]
internal sealed partial class DataJson : JsonSerializerContext
{
    /// <summary>The text of a value, which <see cref="Read{T}(string, JsonTypeInfo{T}, string)"/> takes.</summary>
    /// <exception cref="ArgumentException">A list holds null, or a text is no valid Unicode.</exception>
    public static byte[] Write<T>(T value, JsonTypeInfo<T> type, string what)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = type.Options.MaxDepth });
        return NullItem(document.RootElement, "$") is not { } place ? json
            : throw new ArgumentException($"A {what} holds null at '{place}', which cannot be read again; take it out.");
    }

    /// <inheritdoc cref="Write{T}(T, JsonTypeInfo{T}, string)"/>
    public static string Text<T>(T value, JsonTypeInfo<T> type, string what) => Encoding.UTF8.GetString(Write(value, type, what));

    /// <summary>Reads text that a person or another program may have changed.</summary>
    public static T Read<T>(string json, JsonTypeInfo<T> type, string what) where T : class
    {
        ArgumentNullException.ThrowIfNull(json);
        return Read(Encoding.UTF8.GetBytes(json), type, $"The text is no {what}", "save the model again");
    }

    /// <summary>Reads the bytes of a text that a person or another program may have changed.</summary>
    /// <param name="json">The text in UTF-8.</param>
    /// <param name="type">How it is read.</param>
    /// <param name="otherwise">How an error begins.</param>
    /// <param name="mend">How an error ends.</param>
    public static T Read<T>(byte[] json, JsonTypeInfo<T> type, string otherwise, string mend) where T : class
    {
        if (json.AsSpan().StartsWith("\uFEFF"u8)) json = json[3..]; // the mark that some editors put before a text
        if (!Utf8.IsValid(json)) throw new FormatException($"{otherwise} (it is not UTF-8); {mend}.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = type.Options.MaxDepth });
            if (NullItem(document.RootElement, "$") is { } place) throw new FormatException($"{otherwise} (null at '{place}'); {mend}.");
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && type.Properties.FirstOrDefault(
                    key => key.IsRequired && !document.RootElement.TryGetProperty(key.Name, out _)) is { } missing)
            {
                throw new FormatException($"{otherwise} ('{missing.Name}' is missing); {mend}.");
            }
            return JsonSerializer.Deserialize(json, type) ?? throw new FormatException($"{otherwise}, but null; {mend}.");
        }
        catch (JsonException error)
        {
            string line = error.LineNumber is { } number ? $"line {number + 1}" : "";
            string place = string.Join(", ", new[] { line, error.Path is { } path ? $"'{path}'" : "" }.Where(part => part.Length > 0));
            throw new FormatException($"{otherwise}{(place.Length > 0 ? $" ({place})" : "")}; {mend}.", error);
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"{otherwise} (a string is not valid Unicode); {mend}.", error);
        }
    }

    /// <summary>The place of a null in a list, of which the types of lists know nothing; null if there is none.</summary>
    private static string? NullItem(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Select((item, i) =>
            item.ValueKind == JsonValueKind.Null ? $"{path}[{i}]" : NullItem(item, $"{path}[{i}]"))
            .FirstOrDefault(place => place is not null),
        JsonValueKind.Object => element.EnumerateObject().Select(property => NullItem(property.Value, $"{path}.{property.Name}"))
            .FirstOrDefault(place => place is not null),
        _ => null,
    };
}
