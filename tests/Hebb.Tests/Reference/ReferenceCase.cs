using System.Text.Json;

namespace Hebb.Tests.Reference;

/// <summary>One computation: settings, inputs, outputs, and the gradients of sum(upstream * output) by every input.</summary>
public sealed class ReferenceCase
{
    private readonly Dictionary<string, JsonElement> _attributes;

    internal ReferenceCase(JsonElement element)
    {
        Name = element.GetProperty("name").GetString()!;
        Op = element.GetProperty("op").GetString()!;
        _attributes = element.GetProperty("attributes").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.Clone());
        Inputs = Arrays("inputs");
        Outputs = Arrays("outputs");
        Upstream = Arrays("upstream");
        Gradients = Arrays("gradients");

        Dictionary<string, ReferenceArray> Arrays(string key) => element.GetProperty(key).EnumerateObject()
            .ToDictionary(p => p.Name, p => new ReferenceArray($"{Name}: {key}.{p.Name}", p.Value));
    }

    public string Name { get; }

    public string Op { get; }

    public IReadOnlyDictionary<string, ReferenceArray> Inputs { get; }

    public IReadOnlyDictionary<string, ReferenceArray> Outputs { get; }

    public IReadOnlyDictionary<string, ReferenceArray> Upstream { get; }

    public IReadOnlyDictionary<string, ReferenceArray> Gradients { get; }

    public bool Has(string attribute) => _attributes.ContainsKey(attribute);

    public int Int(string attribute) => Attribute(attribute).GetInt32();

    public double Number(string attribute) => Attribute(attribute).GetDouble();

    public bool Flag(string attribute) => Attribute(attribute).GetBoolean();

    public string Text(string attribute) => Attribute(attribute).GetString()!;

    public int[] Ints(string attribute) => [.. Attribute(attribute).EnumerateArray().Select(e => e.GetInt32())];

    public double[] Numbers(string attribute) => [.. Attribute(attribute).EnumerateArray().Select(e => e.GetDouble())];

    public override string ToString() => $"{Op} {Name}";

    private JsonElement Attribute(string name) => _attributes.TryGetValue(name, out var found) ? found
        : throw new KeyNotFoundException($"The case {Name} has no attribute '{name}'; it has {string.Join(", ", _attributes.Keys)}.");
}
