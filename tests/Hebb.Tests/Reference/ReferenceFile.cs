using System.Text.Json;

namespace Hebb.Tests.Reference;

/// <summary>One file of tests/Reference: cases by name. The folder's README says what a case holds.</summary>
/// <example><code>
/// public static TheoryData&lt;string&gt; Cases => ReferenceFile.Names("layers", "Linear");
///
/// [Theory, MemberData(nameof(Cases))]
/// public void AgreesWithReference(string name)
/// {
///     var reference = ReferenceFile.Case("layers", name);
///     double[] x = reference.Inputs["input"].Doubles;             // and .Shape, .Floats(), .Longs(), .Bools()
///     bool bias = reference.Flag("bias");
///     reference.Outputs["output"].AssertNear(y, 1e-12);
///     reference.Gradients["weight"].AssertNear(dw, 1e-12);
/// }
/// </code></example>
public sealed class ReferenceFile
{
    private static readonly Dictionary<string, ReferenceFile> s_files = [];
    private readonly Dictionary<string, ReferenceCase> _cases = [];
    private readonly string _path;

    private ReferenceFile(string path)
    {
        _path = path;
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var element in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            var item = new ReferenceCase(element);
            _cases.Add(item.Name, item);
        }
    }

    /// <summary>The folder tests/Reference of the solution that holds the running test assembly.</summary>
    public static string Folder
    {
        get
        {
            for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
                if (File.Exists(Path.Combine(at.FullName, "Hebb.slnx"))) return Path.Combine(at.FullName, "tests", "Reference");
            throw new DirectoryNotFoundException(
                $"No folder above {AppContext.BaseDirectory} holds Hebb.slnx; run the tests inside the repository.");
        }
    }

    public IReadOnlyCollection<ReferenceCase> Cases => _cases.Values;

    public ReferenceCase this[string name] => _cases.TryGetValue(name, out var found) ? found
        : throw new KeyNotFoundException($"{_path} has no case '{name}'; it has {string.Join(", ", _cases.Keys)}.");

    /// <summary>Reads a file once: "layers" for tests/Reference/layers.json.</summary>
    public static ReferenceFile Load(string file)
    {
        lock (s_files)
        {
            if (!s_files.TryGetValue(file, out var loaded))
                s_files.Add(file, loaded = new ReferenceFile(Path.Combine(Folder, file + ".json")));
            return loaded;
        }
    }

    public static ReferenceCase Case(string file, string name) => Load(file)[name];

    /// <summary>The names of a file's cases of the given ops (of all ops if none is given), as theory data. Never empty.</summary>
    public static TheoryData<string> Names(string file, params string[] ops)
    {
        var loaded = Load(file);
        string[] unknown = [.. ops.Except(loaded.Cases.Select(c => c.Op), StringComparer.Ordinal)];
        if (unknown.Length > 0) throw new ArgumentException($"{loaded._path} has no case of {string.Join(", ", unknown)}.", nameof(ops));
        return [.. loaded.Cases.Where(c => ops.Length == 0 || ops.Contains(c.Op)).Select(c => c.Name)];
    }
}
