using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Hebb.Data;

/// <summary>JSON of what is kept with a model, written by generated code, so that nothing is found by reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    MaxDepth = 8)]
[JsonSerializable(typeof(Scaler))]
[JsonSerializable(typeof(ImageEncoding))]
[JsonSerializable(typeof(TableSchema))]
[JsonSerializable(typeof(TextEncodingText))]
internal sealed partial class DataJson : JsonSerializerContext
{
    /// <summary>Reads text that a person or another program may have changed.</summary>
    public static T Read<T>(string json, JsonTypeInfo<T> type, string what) where T : class
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            return JsonSerializer.Deserialize(json, type)
                ?? throw new FormatException($"The text null is no {what}; save the model again.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"The text is no {what} (line {error.LineNumber + 1}, '{error.Path}'); save the model again.", error);
        }
    }
}
