using System.Text;
using System.Text.Json.Nodes;
using Hebb.Data;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Tests.Training;

/// <summary>A run whose files others have changed works, or is refused in one sentence that names the file.</summary>
public sealed class DamagedRunTests : IDisposable
{
    private static readonly string[] s_values =
    [
        "null", "true", "\"x\"", "\"NaN\"", "\"\"", "-1", "0", "0.5", "1e300", "99999999999999999999", "2147483647", "[]", "{}", "[null]",
        "[[1]]", "\"\\ud800\"", "[1e300]",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("hebb").FullName;

    public static TheoryData<string> Kinds => ["numbers", "table", "classes", "texts", "images"];

    private string Description => Path.Combine(_folder, "run", RunFolder.DescriptionFile);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryValueOfADescriptionMayBeAnother(string kind)
    {
        Make(kind);
        string sound = File.ReadAllText(Description);
        Assert.Null(Try(sound));
        int refused = 0;
        foreach (string path in Paths(JsonNode.Parse(sound)!, "").ToArray())
        {
            foreach (string value in s_values.Append("absent"))
            {
                if (Try(With(sound, path, value)) is { } error)
                {
                    refused++;
                    Assert.True(IsTold(error), $"{path} = {value}: {error}");
                }
            }
        }
        Assert.True(refused > 50, $"{refused} were refused");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryByteOfADescriptionMayBeAnother(string kind)
    {
        Make(kind);
        byte[] sound = File.ReadAllBytes(Description);
        for (int i = 0; i < sound.Length; i += Math.Max(1, sound.Length / 300))
        {
            foreach (byte mask in (byte[])[0x80, 0x01, 0x20])
            {
                byte[] changed = [.. sound];
                changed[i] ^= mask;
                Exception? error = Try(changed);
                Assert.True(error is null || IsTold(error), $"byte {i} ^ {mask}: {error}");
            }
            Assert.True(IsTold(Try(sound[..i])!), $"cut at {i}");
        }
    }

    [Fact]
    public void KeysTwiceAndDeepNestingAreRefused()
    {
        Make("table");
        string sound = File.ReadAllText(Description);
        Assert.True(IsTold(Try("{\"model\": \"mlp\", " + sound.TrimStart()[1..])!));
        Assert.True(IsTold(Try(new string('[', 5000))!));
        Assert.True(IsTold(Try(With(sound, "/table", new string('[', 40) + new string(']', 40)))!));
        Assert.True(IsTold(Try("")!));
    }

    /// <summary>Whether an error is one sentence with the file.</summary>
    private bool IsTold(Exception error) => error is FormatException && error.Message.Contains(_folder, StringComparison.Ordinal)
        && error.Message.EndsWith('.') && !error.Message.Contains('\n', StringComparison.Ordinal);

    private static string With(string json, string path, string value)
    {
        JsonNode root = JsonNode.Parse(json)!;
        string[] parts = path.Split('/')[1..];
        JsonNode at = root;
        foreach (string part in parts[..^1]) at = at is JsonArray list ? list[int.Parse(part)]! : at[part]!;
        JsonNode? other = value == "absent" ? null : JsonValue.Create("@@@");
        if (at is JsonArray items)
        {
            if (value == "absent") items.RemoveAt(int.Parse(parts[^1]));
            else items[int.Parse(parts[^1])] = other;
        }
        else if (value == "absent") at.AsObject().Remove(parts[^1]);
        else at[parts[^1]] = other;
        return root.ToJsonString().Replace("\"@@@\"", value, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Paths(JsonNode? node, string path) => node switch
    {
        JsonObject item => item.SelectMany(part => Paths(part.Value, $"{path}/{part.Key}").Prepend($"{path}/{part.Key}")),
        JsonArray items => items.Take(3).SelectMany((part, i) => Paths(part, $"{path}/{i}").Prepend($"{path}/{i}")),
        _ => [],
    };

    private Exception? Try(string text) => Try(Encoding.UTF8.GetBytes(text));

    private Exception? Try(byte[] bytes)
    {
        File.WriteAllBytes(Description, bytes);
        try
        {
            TrainedModel run = TrainedModel.Read(Path.GetDirectoryName(Description)!, ReadyModels.Build);
            Tensor input = run.Texts?.Encode(["a good film"]) ?? Tensor.Zeros(
                [1, .. run.Description.InputShape], run.Description.TokenCount is null ? DType.Float32 : DType.Int64);
            Assert.Equal(run.Description.Names.Count, run.Predict(input).Count);
            _ = run.DataOptions(null).ToString() + run.Description;
            return null;
        }
        catch (Exception error) when (error is not Xunit.Sdk.XunitException)
        {
            return error;
        }
    }

    private void Make(string kind)
    {
        string file = Path.Combine(_folder, "data.csv");
        DataBundle data;
        switch (kind)
        {
            case "texts":
                string texts = Path.Combine(_folder, "texts");
                Directory.CreateDirectory(texts);
                File.WriteAllLines(Path.Combine(texts, "bad.txt"), Enumerable.Repeat("a bad film", 20));
                File.WriteAllLines(Path.Combine(texts, "good.txt"), Enumerable.Repeat("a good film", 20));
                data = DataCatalog.Load(texts);
                break;
            case "table":
                File.WriteAllLines(file, Enumerable.Range(0, 60).Select(i => $"{i % 7},{(i % 3 == 0 ? "red" : "blue")},{i % 5}")
                    .Prepend("size,color,price"));
                data = DataCatalog.Load(file, new DataOptions { Target = "price", Embed = ["color"] });
                break;
            case "classes":
                File.WriteAllLines(file, Enumerable.Range(0, 60).Select(i => $"{i % 7},{(i % 3 == 0 ? "red" : "blue")}")
                    .Prepend("size,color"));
                data = DataCatalog.Load(file, new DataOptions { Target = "color" });
                break;
            case "images":
                data = DataCatalog.Load("shapes");
                break;
            default:
                data = DataCatalog.Load("blobs");
                break;
        }
        Recipe recipe = Recipe.For(data) with
        {
            Epochs = 1,
            Model = kind switch { "texts" => "text-cnn", "images" => "pool4 fc", _ => "fc4 relu fc" },
        };
        Module model = ReadyModels.Build(recipe.Model, data);
        ExperimentResult result = new Experiment(data, recipe, model).Run();
        RunFolder.Write(Path.Combine(_folder, "run"), model, result.Description, result.History);
    }
}
