using System.Text.Json;
using Hebb.Files;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Cli.Tests;

public sealed partial class ToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hebb").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int Code, string Output, string Error)> Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int code = await Tool.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string File(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private static JsonElement LastLine(string output) => JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;

    [Fact]
    public async Task TrainEvaluateAndPredictATable()
    {
        string rows = string.Concat(Enumerable.Range(0, 90).Select(i => $"{i % 10},{(i * 7 % 10) - 5},{(i % 10 < 5 ? "low" : "high")}\n"));
        string csv = File("points.csv", "a,b,kind\n" + rows), run = Path.Combine(_folder, "run");
        (int code, string output, string error) = await Run("train", csv, "--target", "kind", "--epochs", "40", "--out", run, "--json");
        Assert.True(code == 0, error);
        JsonElement json = LastLine(output);
        Assert.Equal(
            ["data", "model", "parameters", "epochs", "train_loss", "validation_loss", "validation_accuracy", "test_loss", "test_accuracy",
                "test_r2", "seconds", "seconds_to_target", "run"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.True(json.GetProperty("test_accuracy").GetDouble() >= 0.9);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("test_r2").ValueKind);
        Assert.Equal(["history.csv", "model.safetensors", "run.json"], Directory.GetFiles(run).Select(Path.GetFileName).Order());

        (code, output, error) = await Run("evaluate", run, "--json");
        Assert.True(code == 0, error);
        Assert.Equal(json.GetProperty("test_accuracy").GetDouble(), LastLine(output).GetProperty("test_accuracy").GetDouble());

        (code, output, error) = await Run("predict", run, File("new.csv", "a,b\n1,0\n9,0\n"), "--json");
        Assert.True(code == 0, error);
        Assert.Equal(["low", "high"], LastLine(output).GetProperty("predictions").EnumerateArray()
            .Select(one => one.GetProperty("class").GetString()));
    }

    [Fact]
    public async Task TrainEvaluateAndPredictTexts()
    {
        string texts = Path.Combine(_folder, "texts"), run = Path.Combine(_folder, "run");
        Directory.CreateDirectory(texts);
        File("texts/good.txt", string.Concat(Enumerable.Range(0, 60).Select(i => $"a fine film {i % 7}\n")));
        File("texts/bad.txt", string.Concat(Enumerable.Range(0, 60).Select(i => $"a dull film {i % 7}\n")));
        (int code, string output, string error) = await Run("train", texts, "--out", run, "--json");
        Assert.True(code == 0, error);
        Assert.Equal(1, LastLine(output).GetProperty("test_accuracy").GetDouble());
        (code, output, error) = await Run("evaluate", run, "--json");
        Assert.True(code == 0, error);
        Assert.Equal(24, LastLine(output).GetProperty("samples").GetInt32());
        (code, output, error) = await Run("evaluate", run, texts + "/", "--json");
        Assert.True(code == 0, error);
        Assert.Equal(24, LastLine(output).GetProperty("samples").GetInt32());

        (code, output, error) =
            await Run(
                "predict", run, "--text", "@home a fine film", "--text", "a Dull thing", File("more.txt", "fine\n\ndull\n"), "--json");
        Assert.True(code == 0, error);
        Assert.Equal(["good", "bad", "good", "bad"], LastLine(output).GetProperty("predictions").EnumerateArray()
            .Select(one => one.GetProperty("class").GetString()));
        (code, output, error) = await Run("predict", run, Path.Combine(_folder, "more.txt"));
        Assert.True(code == 0, error);
        Assert.Contains("more.txt text 2: bad (", output, StringComparison.Ordinal);
        (code, _, error) = await Run("train", texts, "--augment", "noise0.1");
        Assert.Equal(2, code);
        Assert.Contains("texts", error, StringComparison.Ordinal);
        (code, _, error) = await Run("predict", run);
        Assert.Equal(2, code);
        Assert.Contains("--text", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACsvFileMayHaveTexts()
    {
        string csv = File(
            "reviews.csv", "review,kind\n" + string.Concat(
            Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? "\"fine, really\",good\n" : "dull,bad\n"))),
            run = Path.Combine(_folder, "run");
        (int code, string output, string error) = await Run("train", csv, "--target", "kind", "--text", "review", "--out", run, "--json");
        Assert.True(code == 0, error);
        Assert.Equal("text-cnn", LastLine(output).GetProperty("model").GetString());
        Assert.Contains("\"tokenizer\": \"words\"", System.IO.File.ReadAllText(Path.Combine(run, "run.json")), StringComparison.Ordinal);
        (code, output, error) = await Run("evaluate", run, "--json");
        Assert.True(code == 0, error);
        Assert.Equal(1, LastLine(output).GetProperty("test_accuracy").GetDouble());

        (code, _, error) =
            await Run(
                "train", csv, "--target", "kind", "--text", "review", "--tokenizer", "characters", "--epochs", "1", "--out", run,
                "--overwrite");
        Assert.True(code == 0, error);
        Assert.Contains(
            "\"tokenizer\": \"characters\"", System.IO.File.ReadAllText(Path.Combine(run, "run.json")), StringComparison.Ordinal);
        Assert.Equal(0, (await Run("predict", run, "--text", "dull")).Code);
    }

    [Theory]
    [InlineData("train xor --model text-cnn")]
    [InlineData("train rt-polarity --tokenizer syllables")]
    [InlineData("summary lenet --tokens 100")]
    [InlineData("summary text-cnn --input 3x4")]
    [InlineData("summary text-cnn --tokens 0")]
    [InlineData("train xor --no-such-option")]
    [InlineData("train no-such-data")]
    [InlineData("train xor --model no-such-model")]
    [InlineData("train xor --optimizer no-such-rule")]
    [InlineData("train xor --epochs 0")]
    [InlineData("train xor --lr -1")]
    [InlineData("train xor --threads 0")]
    [InlineData("train xor --model lenet")]
    [InlineData("train digits --augment blur3")]
    [InlineData("train xor --augment flip")]
    [InlineData("train xor --balance weights")]
    [InlineData("train xor --missing zero")]
    [InlineData("train line --balance loss")]
    [InlineData("bench no-such-workload")]
    [InlineData("bench xor_sgd --mode fast")]
    [InlineData("summary no-such-model")]
    [InlineData("summary lenet --input 3x")]
    [InlineData("summary lenet --graph lenet.png")]
    [InlineData("summary lenet --training")]
    [InlineData("summary lenet --loss no-such-loss")]
    [InlineData("no-such-command")]
    public async Task WrongUsageIsOneSentenceAndCodeTwo(string line)
    {
        (int code, string output, string error) = await Run(line.Split(' '));
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.StartsWith("hebb: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task BadFilesAreOneSentenceAndCodeOneOrTwo()
    {
        string ragged = File("ragged.csv", "a,b\n1,2\n3\n"), text = File("text.csv", "a,b\n1,2\n3,x\n4,5\n");
        foreach (string[] args in (string[][])
            [
                ["train", ragged, "--target", "b"], ["train", text, "--target", "b"],
                    ["train", Path.Combine(_folder, "absent.csv"), "--target", "b"],
                ["train", text], ["evaluate", _folder], ["predict", _folder, text], ["train", "mnist", "--data-root", _folder],
            ])
        {
            (int code, _, string error) = await Run(args);
            Assert.True(code is 1 or 2, $"{string.Join(' ', args)} ended with {code}");
            Assert.StartsWith("hebb: ", error, StringComparison.Ordinal);
            Assert.Single(error.TrimEnd().Split('\n'));
        }
    }

    [Fact]
    public async Task SummaryAndDataListPrintTables()
    {
        (int code, string output, _) = await Run("summary", "lenet");
        Assert.Equal(0, code);
        Assert.Contains("61,706 parameters", output, StringComparison.Ordinal);
        (code, output, _) = await Run("summary", "text-cnn", "--tokens", "1000", "--classes", "2");
        Assert.Equal(0, code);
        Assert.Contains("282,502 parameters", output, StringComparison.Ordinal);
        (code, output, _) = await Run("data", "list");
        Assert.Equal(0, code);
        Assert.Contains("digits", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CategoriesAreEmbeddedAndMissingNumbersToldApart()
    {
        string[] towns = ["Ulm", "Bonn", "Kiel", "Trier", "Jena", "Hof"];
        string rows = string.Concat(
            Enumerable.Range(0, 240).Select(
            i => $"{towns[i % 6]},{(i % 5 == 0 ? "" : $"{i % 7}")},{(i % 6 < 3 && i % 5 != 0 ? "yes" : "no")}\n"));
        string csv = File("towns.csv", "town,number,answer\n" + rows), run = Path.Combine(_folder, "run");
        (int code, string output, string error) = await Run(
            "train", csv, "--header", "--target", "answer", "--embed", "*", "--missing", "indicator", "--model", "fc16 relu fc", "--epochs",
                "60", "--out", run, "--json");
        Assert.True(code == 0, error);
        JsonElement json = LastLine(output);
        Assert.Equal(6 * 3 + (5 * 16 + 16) + (16 * 2 + 2), json.GetProperty("parameters").GetInt32());
        Assert.True(json.GetProperty("test_accuracy").GetDouble() >= 0.95, output);
        (code, output, error) = await Run("evaluate", run, "--json");
        Assert.True(code == 0, error);
        Assert.Equal(json.GetProperty("test_accuracy").GetDouble(), LastLine(output).GetProperty("test_accuracy").GetDouble());
        (code, output, error) = await Run("predict", run, File("new.csv", "town,number\nKiel,3\nKiel,\nHof,3\n"), "--json");
        Assert.True(code == 0, error);
        Assert.Equal(["yes", "no", "no"], LastLine(output).GetProperty("predictions").EnumerateArray()
            .Select(one => one.GetProperty("class").GetString()));
        (code, _, error) = await Run("train", csv, "--header", "--target", "answer", "--missing", "refuse");
        Assert.True(code is 1 or 2, error);
        Assert.Contains("missing number", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NumbersThatAModelCannotTakeAreRefused()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i % 4},{(i < 20 ? "low" : "high")}\n"));
        string csv = File("points.csv", "a,b,kind\n" + rows), run = Path.Combine(_folder, "run");
        (int code, _, string error) = await Run("train", csv, "--target", "kind", "--epochs", "1", "--out", run);
        Assert.True(code == 0, error);
        (code, string output, error) = await Run("predict", run, File("far.csv", "a,b\n1,2\n1e300,0\n"));
        Assert.Equal((1, 1), (code, output.TrimEnd().Split('\n').Length));
        Assert.Contains("far.csv row 1: ", output, StringComparison.Ordinal);
        Assert.Contains("line 3, column 1 ('a'): found 1E+300", error, StringComparison.Ordinal);
        (RunDescription description, Module model) = RunFolder.Read(run, ReadyModels.Build);
        using (new NoGrad()) model.Parameters().First().Fill(double.NaN);
        RunFolder.Write(run, model, description, []);
        (code, output, error) = await Run("predict", run, File("near.csv", "a,b\n1,2\n"));
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("row 1': the model gives NaN", error, StringComparison.Ordinal);
    }

    /// <summary>What only shapes go through is refused for its shapes only: batch norm has no say about a batch of one.</summary>
    [Fact]
    public async Task BatchNormStandsAnywhere()
    {
        (int code, string output, string error) = await Run("summary", "fc8 bn relu fc", "--input", "13");
        Assert.True(code == 0, error);
        Assert.Contains("BatchNorm1d(8)", output, StringComparison.Ordinal);
        (code, _, error) = await Run(
            "train", "moons", "--model", "fc8 bn relu fc", "--epochs", "1", "--out", Path.Combine(_folder, "run"));
        Assert.True(code == 0, error);
    }

    [Theory, InlineData("samples"), InlineData("loss")]
    public async Task RareClassesAreBalanced(string balance)
    {
        // A tenth of the rows, among twice as many that look the same.
        string csv = File(
            "rare.csv", "x,kind\n" + string.Concat(
            Enumerable.Range(0, 400).Select(i => $"{(i % 10 < 3 ? 1 : 0)},{(i % 10 == 0 ? "rare" : "often")}\n")));
        string run = Path.Combine(_folder, "run");
        (int code, _, string error) =
            await Run("train", csv, "--target", "kind", "--model", "fc", "--epochs", "30", "--out", run, "--balance", balance);
        Assert.True(code == 0, error);
        (code, string output, error) = await Run("evaluate", run);
        Assert.True(code == 0, error);
        // All of the rare rows are found, at the price of the others that look like them.
        Assert.Contains("balanced accuracy 0.8", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("svg", "", ">Conv2d</text>")]
    [InlineData("svg", "--training", ">Update by Adam</text>")]
    [InlineData("dot", "", "digraph {")]
    [InlineData("txt", "--training", "result loss = %")]
    public async Task SummaryWritesTheGraph(string ending, string option, string found)
    {
        string path = File($"graph.{ending}", "");
        (int code, _, string error) =
            await Run(["summary", "lenet", "--graph", path, .. option.Length == 0 ? Array.Empty<string>() : [option]]);
        Assert.True(code == 0, error);
        Assert.Contains(found, System.IO.File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BenchPrintsTheKeysThatRatiosNeed()
    {
        (int code, string output, string error) = await Run("bench", "xor_sgd", "gemm_f32_256", "--seconds", "0.01", "--json");
        Assert.True(code == 0, error);
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        JsonElement xor = JsonDocument.Parse(lines[0]).RootElement, product = JsonDocument.Parse(lines[1]).RootElement;
        Assert.Equal(
            ["workload", "engine", "mode", "threads", "unit", "median", "min", "steps", "items", "allocated_bytes_per_step", "parameters"],
            xor.EnumerateObject().Select(property => property.Name));
        Assert.Equal(4, xor.GetProperty("items").GetInt32());
        Assert.Equal(17, xor.GetProperty("parameters").GetInt32());
        Assert.True(product.GetProperty("gflops").GetDouble() > 0);
    }

    [Fact]
    public async Task AModelCanBeWrittenAsItsLayers()
    {
        string run = Path.Combine(_folder, "run");
        (int code, string output, string error) =
            await Run("train", "xor", "--model", "[fc8 tanh]*2 fc", "--epochs", "3", "--out", run, "--json");
        Assert.True(code == 0, error);
        Assert.Equal("[fc8 tanh]*2 fc", LastLine(output).GetProperty("model").GetString());
        Assert.Equal(0, (await Run("evaluate", run, "--json")).Code);

        (code, output, _) = await Run("summary", "[conv3-8 relu]*2 pool2 fc", "--input", "1x8x8");
        Assert.Equal(0, code);
        Assert.Contains("conv3-8 relu conv3-8 relu pool2 fc", output, StringComparison.Ordinal);
        (code, _, error) = await Run("summary", "conv3-8 rellu fc");
        Assert.Equal(2, code);
        Assert.Contains("at position 9, 'rellu' is no layer", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CurvesAndSheetsAreDrawn()
    {
        string curve = Path.Combine(_folder, "curve.svg"), sheet = Path.Combine(_folder, "sheet.png");
        (int code, _, string error) =
            await Run("train", "moons", "--epochs", "3", "--out", Path.Combine(_folder, "run"), "--plot", curve);
        Assert.True(code == 0, error);
        string svg = System.IO.File.ReadAllText(curve);
        Assert.Contains(">loss</text>", svg, StringComparison.Ordinal);
        Assert.Contains(">accuracy</text>", svg, StringComparison.Ordinal);
        Assert.Equal(12, svg.Split("<circle").Length - 1);
        (code, string output, error) = await Run("data", "sheet", "digits", "--images", "4", "--enlarge", "2", "--out", sheet);
        Assert.True(code == 0, error);
        Assert.Contains("40 images of digits", output, StringComparison.Ordinal);
        Image image = Png.Read(sheet);
        Assert.Equal((4 * 57 - 1, 10 * 57 - 1), (image.Width, image.Height));
    }

    [Fact]
    public async Task CancelingIsCode130()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        using StringWriter output = new(), error = new();
        Assert.Equal(130, await Tool.Run(["train", "xor", "--out", Path.Combine(_folder, "run")], output, error, source.Token));
        Assert.False(Directory.Exists(Path.Combine(_folder, "run")));
    }

    [Fact]
    public async Task CancelingKeepsTheLastEpoch()
    {
        using CancellationTokenSource source = new();
        using Watcher output = new(line => { if (line.StartsWith("epoch   2", StringComparison.Ordinal)) source.Cancel(); });
        using StringWriter error = new();
        string run = Path.Combine(_folder, "run");
        Assert.Equal(130, await Tool.Run(["train", "moons", "--epochs", "50", "--out", run, "--json"], output, error, source.Token));
        Assert.Equal($"hebb: canceled after 2 of 50 epochs; the model as the last of them left it is in {run}.",
            error.ToString().TrimEnd());
        Assert.DoesNotContain("{", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, System.IO.File.ReadAllLines(Path.Combine(run, "history.csv")).Length);
        Assert.True(JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(run, "run.json"))).RootElement.GetProperty("is_canceled")
            .GetBoolean());
        Assert.Equal(0, (await Run("evaluate", run)).Code);
    }

    [Theory]
    [InlineData("", "cross-entropy", false)]
    [InlineData("--loss mse", "mse", true)]
    public async Task SummaryTakesALossAndListsFindings(string option, string loss, bool isWarned)
    {
        (int code, string output, string error) = await Run($"summary vgg-small --input 3x16x16 {option}".TrimEnd().Split(' '));
        Assert.True(code == 0, error);
        Assert.Contains($"with the loss {loss} keeps", output, StringComparison.Ordinal);
        Assert.Equal(isWarned, output.Contains("finding on layer 13: Dropout(0.5)", StringComparison.Ordinal));
    }

    /// <summary>Sees every line as it is written.</summary>
    private sealed class Watcher(Action<string> see) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            see(value ?? "");
        }
    }
}
