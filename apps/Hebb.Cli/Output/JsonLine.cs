using System.Text;
using System.Text.Json;

namespace Hebb.Cli;

/// <summary>One JSON object on one line.</summary>
internal static class JsonLine
{
    public static string Of(Action<Utf8JsonWriter> fill)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            fill(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>A number with six significant digits, or null where it does not apply (NaN) or is not finite.</summary>
    public static void Number(Utf8JsonWriter json, string key, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(key, double.Parse(value.ToString("g6")));
        else json.WriteNull(key);
    }

    /// <summary>A finite number with as many digits as bring it back, of a float if it is one.</summary>
    public static void Exact(Utf8JsonWriter json, string key, double value)
    {
        if ((float)value == value) json.WriteNumber(key, (float)value);
        else json.WriteNumber(key, value);
    }
}
