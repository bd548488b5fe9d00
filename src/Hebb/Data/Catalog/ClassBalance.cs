using System.Text.Json.Serialization;

namespace Hebb.Data;

/// <summary>What makes up for classes of very different sizes in training.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClassBalance>))]
public enum ClassBalance
{
    /// <summary>Nothing.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Each class is drawn equally often.</summary>
    [JsonStringEnumMemberName("samples")]
    Samples,

    /// <summary>Each class weighs alike in the loss.</summary>
    [JsonStringEnumMemberName("loss")]
    Loss,
}
