using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hebb.Data;

/// <summary>Texts in JSON. Those that JSON cannot hold are refused; by default they would be written as other texts.</summary>
internal sealed class UnicodeText : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType
        is JsonTokenType.String ? reader.GetString()! : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Argument.Unicode(value, "A text to be kept as JSON"));

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Argument.Unicode(value, "A name to be kept as JSON"));
}
