using System.Text.Json.Serialization;
using Hebb.Data;

namespace Hebb.Training;

/// <summary>Reads and writes run descriptions without reflection.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false, MaxDepth = 16,
    Converters = [typeof(UnicodeText)])]
[JsonSerializable(typeof(RunDescription))]
internal sealed partial class RunJson : JsonSerializerContext;
