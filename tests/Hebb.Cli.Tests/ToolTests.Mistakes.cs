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
    [InlineData("train xor --seed -1", "--seed is '-1', but it must be a whole number from 0 on.")]
    [InlineData("train xor --split-seed 1.5", "--split-seed is '1.5', but it must be a whole number from 0 on.")]
    [InlineData("train xor --threads abc", "--threads is 'abc', but it must be a whole number.")]
    [InlineData("train xor --epochs 1e3", "--epochs is '1e3', but it must be a whole number.")]
    [InlineData("summary lenet --classes 1,000", "--classes is '1,000', but it must be a whole number.")]
    [InlineData("bench xor_sgd --seconds 0,5", "--seconds is '0,5', but it must be a number such as 0.001.")]
    [InlineData("train xor --plot curve.png", "--plot is 'curve.png', but curves are drawn into a file that ends in .svg.")]
    [InlineData("train xor --plot no/such/curve.svg", "but there is no folder")]
    [InlineData("data sheet digits --out a.jpg", "--out is 'a.jpg', but a sheet")]
    [InlineData("data sheet xor --out a.png", "'xor' holds no images in classes")]
    [InlineData("data sheet digits --out a.png --images 0", "--images is 0, but it must be from 1 to 100.")]
    [InlineData("trian digits", "There is no command 'trian'; did you mean 'train'?")]
    [InlineData("learn digits", "There is no command 'learn'; give one of train, evaluate")]
    [InlineData("train xor --epoch 3", "See 'hebb train --help'.")]
    public async Task AMistakeIsNamedAsItWasTyped(string line, string expected)
    {
        (int code, _, string error) = await Run(line.Split(' '));
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
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
        Assert.Contains("by --target", (await Run("train", csv)).Error, StringComparison.Ordinal);
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
