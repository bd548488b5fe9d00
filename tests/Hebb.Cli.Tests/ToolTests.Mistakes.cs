using Hebb.Data;
using Hebb.Files;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Cli.Tests;

/// <summary>Command lines with mistakes, and folders and files that are not as one thinks.</summary>
public sealed partial class ToolTests
{
    [Theory]
    [InlineData("train xor --lr 0,001", "--lr is '0,001', but it must be a number such as 0.001.")]
    [InlineData("train xor --goal 95%", "--goal is '95%', but it must be a number such as 0.001.")]
    [InlineData("train xor --goal 2", "--goal is 2, but no accuracy")]
    [InlineData("train xor --goal -5", "--goal is -5, but no accuracy")]
    [InlineData("train xor --goal 0", "0 or less is no goal")]
    [InlineData("train no-such-file.csv --epochs 0", "--epochs is 0, but training needs at least 1.")]
    [InlineData("train no-such-file.csv --batch 0", "--batch is 0, but a step needs at least 1 sample.")]
    [InlineData("train no-such-file.csv --lr 1e39", "--lr is 1E+39, but a learning rate is a positive number, from 1e-45 to 3.4e38.")]
    [InlineData("train no-such-file.csv --lr 1e-50", "--lr is 1E-50, but a learning rate")]
    [InlineData("train no-such-file.csv --optimizer adamm", "There is no optimizer 'adamm'; choose one of sgd")]
    [InlineData("train no-such-file.csv --augment flop", "flop")]
    [InlineData("train no-such-file.csv --balance all", "--balance is 'all', but it must be one of")]
    [InlineData("train xor --seed 18446744073709551616", "from 0 to 18446744073709551615.")]
    [InlineData("summary lenet --input 28x28", "give them a channel, [1, 28, 28].")]
    [InlineData("summary lenet --input 13", "rows of a table need dense layers, such as those of 'mlp'.")]
    [InlineData("train xor --seed -1", "--seed is '-1', but it must be a whole number from 0 to 18446744073709551615.")]
    [InlineData("train xor --split-seed 1.5", "--split-seed is '1.5', but it must be a whole number from 0 to 18446744073709551615.")]
    [InlineData("train xor --threads abc", "--threads is 'abc', but it must be a whole number.")]
    [InlineData("train xor --epochs 1e3", "--epochs is '1e3', but it must be a whole number.")]
    [InlineData("summary lenet --classes 1,000", "--classes is '1,000', but it must be a whole number.")]
    [InlineData("summary lenet --input +1x28x28", "--input is '+1x28x28', but it must be sizes joined by x, such as 3x32x32.")]
    [InlineData("summary lenet --input 1x\t28x28", "but it must be sizes joined by x, such as 3x32x32.")]
    [InlineData("bench xor_sgd --seconds 0,5", "--seconds is '0,5', but it must be a number such as 0.001.")]
    [InlineData("train xor --plot curve.png", "--plot is 'curve.png', but curves are drawn into a file that ends in .svg.")]
    [InlineData("train xor --plot no/such/curve.svg", "but there is no folder")]
    [InlineData("data sheet digits --out a.jpg", "--out is 'a.jpg', but a sheet")]
    [InlineData("data sheet xor --out a.png", "'xor' holds no images in classes")]
    [InlineData("data sheet digits --out a.png --images 0", "--images is 0, but it must be from 1 to 100.")]
    [InlineData("trian digits", "There is no command 'trian'; did you mean 'train'?")]
    [InlineData("learn digits", "There is no command 'learn'; give one of train, evaluate")]
    [InlineData("train xor --taget y", "'hebb train' has no option '--taget'; did you mean '--target'?")]
    [InlineData("train xor --epoch 3", "'hebb train' has no option '--epoch'; did you mean '--epochs'?")]
    [InlineData("data sheet digits --out a.png --images x", "See 'hebb data sheet --help'.")]
    [InlineData("data", "'hebb data' needs a command; give one of list, path, sheet.")]
    [InlineData("data lst", "There is no command 'lst'; did you mean 'list'?")]
    public async Task AMistakeIsNamedAsItWasTyped(string line, string expected)
    {
        (int code, _, string error) = await Run(line.Split(' '));
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    /// <summary>An empty value is refused for every option and argument of every command, whatever it would mean.</summary>
    [Fact]
    public async Task EmptyValuesAreRefused()
    {
        string[][] lines =
        [
            ["train", ""], ["evaluate", ""], ["predict", ""], ["predict", "run", ""], ["summary", ""], ["bench", ""], ["data", "sheet", ""],
            .. await Options("train", "xor"), .. await Options("evaluate", "run"), .. await Options("predict", "run"),
            .. await Options("summary", "mlp"), .. await Options("bench"), .. await Options("data", "list"),
            .. await Options("data", "path"), .. await Options("data", "sheet", "digits"),
        ];
        Assert.True(lines.Length > 50);
        foreach (string[] line in lines)
        {
            (int code, string output, string error) = await Run(line);
            Assert.True((code, output) == (2, ""), string.Join(' ', line));
            Assert.Contains("is empty; give a value there, or leave it out.", error, StringComparison.Ordinal);
        }

        // The options of a command that take a value, as its help lists them.
        static async Task<string[][]> Options(params string[] command)
        {
            string help = (await Run([.. command, "--help"])).Output;
            return
            [
                .. help.Split('\n').Select(row => row.TrimStart().Split(' ')).Where(words => words is [['-', '-', ..], ['<', ..], ..])
                    .Select(words => (string[])[.. command, words[0], ""]),
            ];
        }
    }

    [Fact]
    public async Task TheToolAloneSaysHowToBegin()
    {
        (int code, string output, string error) = await Run();
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("hebb train digits", output, StringComparison.Ordinal);
        Assert.Contains("summary   Show a model's layers", output, StringComparison.Ordinal);
        Assert.Matches(@"^\d+\.\d+\.\d+$", (await Run("--version")).Output.Trim());
        Assert.Matches(@"^\d+\.\d+\.\d+$", Tool.Version);
    }

    [Fact]
    public async Task AFolderWithARunJsonOfOthersIsLeftAlone()
    {
        string folder = Path.Combine(_folder, "mine");
        Directory.CreateDirectory(folder);
        File("mine/run.json", "{\"kind\": \"marathon\"}");
        File("mine/notes.txt", "keep");
        (int code, _, string error) = await Run("train", "xor", "--epochs", "1", "--out", folder, "--overwrite");
        Assert.Equal(2, code);
        Assert.Contains("holds other things than a run", error, StringComparison.Ordinal);
        Assert.Equal(["notes.txt", "run.json"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order());

        // What lies beside a run is kept when the run is replaced.
        string run = Path.Combine(_folder, "run");
        Assert.Equal(0, (await Run("train", "xor", "--epochs", "1", "--out", run)).Code);
        File("run/notes.txt", "keep");
        Assert.Equal(0, (await Run("train", "xor", "--epochs", "1", "--out", run, "--overwrite", "--seed", "2")).Code);
        Assert.Equal("keep", System.IO.File.ReadAllText(Path.Combine(run, "notes.txt")));
    }

    [Fact]
    public async Task DataThatWereNamedElsewhereAreFoundAgain()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "texts"));
        File("texts/good.txt", string.Concat(Enumerable.Range(0, 20).Select(i => $"a fine film {i % 7}\n")));
        File("texts/bad.txt", string.Concat(Enumerable.Range(0, 20).Select(i => $"a dull film {i % 7}\n")));
        string run = Path.Combine(_folder, "runs", "one"), description = Path.Combine(run, "run.json");
        Assert.Equal(0, (await Run("train", Path.Combine(_folder, "texts"), "--epochs", "1", "--out", run)).Code);
        string json = System.IO.File.ReadAllText(description);
        System.IO.File.WriteAllText(
            description, json.Replace($"\"{Path.Combine(_folder, "texts")}\"", "\"texts\"", StringComparison.Ordinal));
        (int code, _, string error) = await Run("evaluate", run);
        Assert.Equal(2, code);
        Assert.Contains("The model was trained on 'texts', which is not there", error, StringComparison.Ordinal);
        string place = Path.GetRelativePath(".", Path.Combine(_folder, "texts"));
        Assert.Contains($"'hebb evaluate {run} {place}'", error, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("evaluate", run, place)).Code);
        Directory.Delete(Path.Combine(_folder, "texts"), recursive: true);
        Assert.Contains($"'hebb evaluate {run} DATA'", (await Run("evaluate", run)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FilesOfAnotherKindAreCalledByIt()
    {
        string csv = File("few.csv", string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i % 2}\n").Prepend("a,kind\n")));
        string image = Path.Combine(_folder, "small.png"), run = Path.Combine(_folder, "table"), shapes = Path.Combine(_folder, "shapes");
        Png.Write(image, new Image(28, 28, 1, new byte[28 * 28]));
        Assert.Equal(0, (await Run("train", csv, "--target", "kind", "--epochs", "1", "--out", run)).Code);
        Assert.Equal(0, (await Run("train", "shapes", "--model", "pool4 fc", "--epochs", "1", "--out", shapes)).Code);
        Assert.Contains("is a PNG image, but the model was trained on rows", (await Run("predict", run, image)).Error,
            StringComparison.Ordinal);
        Assert.Contains("is no image, but the model was trained on images", (await Run("predict", shapes, csv)).Error,
            StringComparison.Ordinal);
        Assert.Contains("is one file; give a folder with a folder of images", (await Run("evaluate", shapes, csv)).Error,
            StringComparison.Ordinal);
        Assert.Contains("is one file; give a folder with a folder of images", (await Run("train", image)).Error, StringComparison.Ordinal);
        Assert.Contains("found a PDF document", (await Run("train", File("a.pdf", "%PDF-1.7\n"))).Error, StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(_folder, "images", "a"));
        Directory.CreateDirectory(Path.Combine(_folder, "images", "b"));
        Png.Write(Path.Combine(_folder, "images", "a", "1.png"), new Image(4, 4, 1, new byte[16]));
        Png.Write(Path.Combine(_folder, "images", "b", "1.png"), new Image(5, 5, 1, new byte[25]));
        foreach (string[] command in (string[][])[["train"], ["data", "sheet", "--out", Path.Combine(_folder, "sheet.png")]])
        {
            string error = (await Run([.. command, Path.Combine(_folder, "images")])).Error;
            Assert.Contains("by --size, such as --size 28x28", error, StringComparison.Ordinal);
        }
    }

    /// <summary>What the summary says of a model is more than its name.</summary>
    [Fact]
    public async Task TheSummarySaysNothingTwice()
    {
        Assert.DoesNotContain("fc10 stands for", (await Run("summary", "fc10")).Output, StringComparison.Ordinal);
        Assert.Contains("[fc8 relu]*2 fc stands for fc8 relu fc8 relu fc", (await Run("summary", "[fc8 relu]*2 fc")).Output,
            StringComparison.Ordinal);
        Assert.Contains("all of which are in use at once", (await Run("summary", "fc10")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunFolderIsClaimedBeforeTheWork()
    {
        string run = Path.Combine(_folder, "run");
        Task<(int Code, string Output, string Error)> Train(string folder, params string[] more) =>
            Run(["train", "xor", "--epochs", "1", "--out", folder, .. more]);
        Directory.CreateDirectory(run);
        Assert.Equal(0, (await Train(run)).Code);
        byte[] before = System.IO.File.ReadAllBytes(Path.Combine(run, "run.json"));
        (int code, string output, string error) = await Train(run);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("give --overwrite to replace it", error, StringComparison.Ordinal);
        Assert.Equal(before, System.IO.File.ReadAllBytes(Path.Combine(run, "run.json")));
        Assert.Equal(0, (await Train(run, "--overwrite", "--seed", "3")).Code);
        Assert.NotEqual(before, System.IO.File.ReadAllBytes(Path.Combine(run, "run.json")));
        Assert.Equal(["history.csv", "model.safetensors", "run.json"], Directory.GetFiles(run).Select(Path.GetFileName).Order());

        File("note.txt", "mine");
        Assert.Contains("holds other things than a run", (await Train(_folder, "--overwrite")).Error, StringComparison.Ordinal);
        Assert.Contains("is a file", (await Train(Path.Combine(_folder, "note.txt"))).Error, StringComparison.Ordinal);
        (code, output, error) = await Train(Path.Combine(_folder, "note.txt", "run"));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains("cannot be written", error, StringComparison.Ordinal);
        using OutFolder claim = OutFolder.Of(run, overwrites: true);
        Assert.Contains("another training is writing", (await Train(run, "--overwrite")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatWasLearntIsKeptWhereTheFolderCannotTakeIt()
    {
        string run = Path.Combine(_folder, "run");
        DataBundle data = DataCatalog.Load("xor");
        Recipe recipe = Recipe.For(data) with { Epochs = 1 };
        Module model = ReadyModels.Build(recipe.Model, data);
        ExperimentResult result = new Experiment(data, recipe, model).Run();
        using OutFolder folder = OutFolder.Of(run, overwrites: false);
        System.IO.File.WriteAllText(Path.Combine(run, ".hebb-draft"), "in the way");
        using StringWriter errors = new();
        Assert.False(folder.Keep(model, result, errors));
        string message = errors.ToString(), spare = message[(message.LastIndexOf("is in ", StringComparison.Ordinal) + "is in ".Length)..]
            .Split(';')[0];
        Assert.Contains($"could not be written to {run}", message, StringComparison.Ordinal);
        Assert.Equal("xor", TrainedModel.Read(spare, ReadyModels.Build).Description.Data);
        Directory.Delete(spare, recursive: true);
    }

    [Fact]
    public async Task DataAreRecognizedByWhatTheyHold()
    {
        static string Rows(int first, int count) => "a,b,kind\n"
            + string.Concat(Enumerable.Range(first, count).Select(i => $"{i},{i * 7 % 10},{(i % 10 < 5 ? "low" : "high")}\n"));
        string csv = File("points.csv", Rows(0, 60)), run = Path.Combine(_folder, "run");
        Assert.Equal(0, (await Run("train", csv, "--target", "kind", "--epochs", "1", "--out", run)).Code);
        async Task<(int Samples, string Error)> Evaluate(params string[] data)
        {
            (int code, string output, string error) = await Run(["evaluate", run, .. data, "--json"]);
            Assert.True(code == 0, error);
            return (LastLine(output).GetProperty("samples").GetInt32(), error);
        }
        Assert.Equal((12, ""), await Evaluate());
        Assert.Equal((12, ""), await Evaluate(csv));
        (int samples, string error) = await Evaluate(File("copy.csv", Rows(0, 60).Replace("\n", "\r\n", StringComparison.Ordinal)));
        Assert.Equal(12, samples);
        Assert.Contains("only the 12 samples that test", error, StringComparison.Ordinal);
        Assert.Equal((40, ""), await Evaluate(File("other.csv", Rows(60, 40))));
        File("points.csv", Rows(0, 61));
        (samples, error) = await Evaluate();
        Assert.Equal(61, samples);
        Assert.Contains("has changed since training (60 samples then, 61 now)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingsAreCalledAsTheyAreTyped()
    {
        string csv = File("few.csv", string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i % 2}\n").Prepend("a,kind\n")));
        string run = Path.Combine(_folder, "run");
        Assert.Contains("as in --target", (await Run("train", csv)).Error, StringComparison.Ordinal);
        Assert.Contains("--data-root", (await Run("train", "iris", "--data-root", _folder)).Error, StringComparison.Ordinal);
        (int code, _, string error) = await Run("train", "shapes", "--model", "pool4 fc", "--epochs", "1", "--out", run);
        Assert.True(code == 0, error);
        Png.Write(Path.Combine(_folder, "small.png"), new Image(5, 5, 1, new byte[25]));
        error = (await Run("predict", run, Path.Combine(_folder, "small.png"))).Error;
        Assert.Contains("or give --fit", error, StringComparison.Ordinal);
        error = (await Run("predict", run, Path.Combine(_folder, "no\u001b[31mfile\nat all.png"))).Error;
        Assert.Contains("no\\u001b[31mfile\\u000aat all", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error);
        Assert.DoesNotContain("(Parameter", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("give Drop = [\"id\"].", "give --drop id."), InlineData("(Embed = [\"a\", \"b\"])", "(--embed a,b)")]
    [InlineData("give Header = false if", "give --no-header if"), InlineData("give Header = true if", "give --header if")]
    [InlineData("zeros (Unknown = UnknownCategories.Zeros).", "zeros (--unknown zeros).")]
    [InlineData("as in Separator = ';'; and Target = \"price\"", "as in --separator ';'; and --target price")]
    [InlineData("give SplitSeed = Seeds.NoneAtAll", "give --split-seed none-at-all")]
    [InlineData("MaxNorm { Limit = 3 }, 'a = true' and x == \"y\"", "MaxNorm { Limit = 3 }, 'a = true' and x == \"y\"")]
    public void SettingsAreTranslatedByOneRule(string library, string tool) => Assert.Equal(tool, ErrorText.Of(library));

    /// <summary>Each of the library's words that the tool translates is still what the library says.</summary>
    [Fact]
    public void TranslatedWordsAreThoseOfTheLibrary()
    {
        string library = string.Concat(Directory.EnumerateFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(System.IO.File.ReadAllText));
        Assert.All(ErrorText.Words.Keys, words => Assert.Contains(words, library, StringComparison.Ordinal));
    }

    [Theory, InlineData(";", ""), InlineData("\t", ""), InlineData("/", "/"), InlineData("\t", "tab")]
    public async Task OtherSeparatorsAreReadToo(string separator, string given)
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i % 4},{(i < 20 ? "low" : "high")}\n"));
        string csv = File("points.csv", ("a,b,kind\n" + rows).Replace(",", separator, StringComparison.Ordinal));
        string run = Path.Combine(_folder, "run");
        string[] more = given.Length == 0 ? [] : ["--separator", given];
        (int code, string output, string error) = await Run(["train", csv, "--target", "kind", "--epochs", "1", "--out", run, .. more]);
        Assert.True(code == 0, error);
        (code, _, error) = await Run("train", csv, "--target", "kind", "--separator", "::");
        Assert.Equal(2, code);
        Assert.Contains("--separator is '::'", error, StringComparison.Ordinal);
    }
}
