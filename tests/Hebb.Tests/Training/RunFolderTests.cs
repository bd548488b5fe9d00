using Hebb.Data;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Tests.Training;

public sealed class RunFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hebb").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ExperimentResult Train(out Module model)
    {
        DataBundle data = DataCatalog.Load("blobs");
        Recipe recipe = Recipe.For(data) with { Epochs = 2 };
        model = ReadyModels.Build(recipe.Model, data.InputShape, data.Target.Width);
        ExperimentResult result = new Experiment(data, recipe, model) { Version = "1.2.3" }.Run();
        RunFolder.Write(_folder, model, result.Description, result.History);
        return result;
    }

    [Fact]
    public void ARunReadsBackAsItWas()
    {
        ExperimentResult result = Train(out Module model);
        Assert.Contains("What builds the model of a run returned null",
            Assert.Throws<InvalidOperationException>(() => TrainedModel.Read(_folder, _ => null!)).Message, StringComparison.Ordinal);
        TrainedModel read = TrainedModel.Read(_folder, ReadyModels.Build);
        RunDescription description = read.Description;
        Assert.Equal("1.2.3", description.Version);
        Assert.Equal(result.Description.Names, description.Names);
        Assert.Equal(result.Description.Recipe, description.Recipe);
        Tensor input = Tensor.Uniform([3, read.Description.InputShape[0]], new Rng(1));
        Assert.Equal(model.Forward(input).Detach().ToArray<float>(), read.Model.Forward(input).Detach().ToArray<float>());
        Assert.All(read.Predict(input).Sum([1], keepAxes: false).ToArray<float>(), sum => Assert.Equal(1, sum, 5));
    }

    [Fact]
    public void ADescriptionMayHaveAMarkAndIsNoFolder()
    {
        Train(out _);
        string path = Path.Combine(_folder, RunFolder.DescriptionFile);
        string read = TrainedModel.Read(_folder, ReadyModels.Build).ToString();
        File.WriteAllBytes(path, [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(path)]);
        Assert.Equal(read, TrainedModel.Read(_folder, ReadyModels.Build).ToString());
        File.Delete(path);
        Directory.CreateDirectory(path);
        Assert.Contains("is no run, because it has no file run.json",
            Assert.Throws<FileNotFoundException>(() => TrainedModel.Read(_folder, ReadyModels.Build)).Message, StringComparison.Ordinal);
        Assert.True(RunFolder.HoldsRun(_folder)); // by its table of epochs
        File.Delete(Path.Combine(_folder, RunFolder.HistoryFile));
        Assert.False(RunFolder.HoldsRun(_folder));
    }

    [Fact]
    public void AResultIsALine()
    {
        ExperimentResult result = Train(out _);
        string line = result.ToString();
        Assert.StartsWith("mlp for 3 classes of blobs, best_epoch 2, validation_loss", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        TrainedModel read = TrainedModel.Read(_folder, ReadyModels.Build);
        Assert.Equal(line, read.ToString());
        Assert.Equal(line, read.Description.ToString());
        Assert.StartsWith("blobs: ", DataCatalog.Load("blobs").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void TheVersionIsThatOfTheLibraryUnlessItIsSaid() => Assert.Equal(
        typeof(Experiment).Assembly.GetName().Version!.ToString(3),
        new Experiment(DataCatalog.Load("xor"), Recipe.For(DataCatalog.Load("xor")), new Linear(2, 2)).Version);

    [Fact]
    public void WeightsOfAnotherRunAreRefused()
    {
        Train(out Module model);
        string weights = Path.Combine(_folder, RunFolder.ModelFile),
            described = Path.Combine(_folder, RunFolder.DescriptionFile);
        Assert.NotNull(TrainedModel.Read(_folder, ReadyModels.Build).Description.ModelSha256);
        model.Initialize(77);
        model.Save(weights);
        string message = Assert.Throws<FormatException>(() => TrainedModel.Read(_folder, ReadyModels.Build)).Message;
        Assert.Contains("holds other weights than the run has", message, StringComparison.Ordinal);
        Assert.Contains("put the run's own file back, or train again", message, StringComparison.Ordinal);

        // Runs of before, which do not say it, still open.
        string[] lines = [.. File.ReadAllLines(described).Where(line => !line.Contains("model_sha256", StringComparison.Ordinal))];
        File.WriteAllLines(described, lines);
        Assert.Null(TrainedModel.Read(_folder, ReadyModels.Build).Description.ModelSha256);
    }

    [Fact]
    public void OnlyWhatATrainingWroteIsARun()
    {
        string run = Path.Combine(_folder, RunFolder.DescriptionFile), history = Path.Combine(_folder, RunFolder.HistoryFile);
        Assert.False(RunFolder.HoldsRun(Path.Combine(_folder, "nothing")));
        Assert.False(RunFolder.HoldsRun(_folder));
        foreach (string other in (string[])["", "{}", "{\"model\": \"mlp\", \"steps\": [1, 2]}", "[]", "no json"])
        {
            File.WriteAllText(run, other);
            Assert.False(RunFolder.HoldsRun(_folder));
        }
        File.WriteAllText(history, "day,steps\n");
        Assert.False(RunFolder.HoldsRun(_folder));
        Train(out _);
        Assert.True(RunFolder.HoldsRun(_folder));
        File.WriteAllText(run, File.ReadAllText(run)[..100]);
        Assert.True(RunFolder.HoldsRun(_folder));
        File.Delete(history);
        Assert.False(RunFolder.HoldsRun(_folder));
    }

    /// <summary>A model of images, rows or texts, and files by what they begin with.</summary>
    [Theory]
    [InlineData("shapes", "a,b\n1,2\n", "is no image, but the model was trained on images ('shapes'); give it an image.")]
    [InlineData("shapes", "", "is no image")]
    [InlineData("shapes", "P5\n1 1 255\n ", null)]
    [InlineData("shapes", "%PDF-1.7", "is a PDF document, but the model was trained on images")]
    [InlineData("shapes", "GIF89a", "is a GIF image, but the model was trained on images")]
    [InlineData("xor", "a,b\n1,2\n", null)]
    [InlineData("xor", "GIF89a", "is a GIF image, but the model was trained on rows of a table ('xor'); give it a CSV file in UTF-8.")]
    public void FilesOfAnotherKindAreRefused(string name, string content, string? expected)
    {
        DataBundle data = DataCatalog.Load(name);
        Recipe recipe = Recipe.For(data) with { Model = "fc", Epochs = 1, Batch = 1000 };
        Module model = ReadyModels.Build(recipe.Model, data);
        ExperimentResult result = new Experiment(data, recipe, model).Run();
        TrainedModel trained = new(result.Description, model);
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, content);
        if (expected is null) trained.RequireFit(file);
        else Assert.Contains(expected, Assert.Throws<FormatException>(() => trained.RequireFit(file)).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => trained.RequireFit(file + "2"));
    }

    [Fact]
    public void PartsAreReadOnce()
    {
        Train(out _);
        RunDescription? seen = null;
        TrainedModel read = TrainedModel.Read(_folder, run => ReadyModels.Build(seen = run));
        Assert.Same(seen, read.Description);
        Assert.Same(seen!.Parts, read.Description.Parts);
        Assert.Same(seen.Parts.Table, read.Table);
        Assert.NotSame(seen.Parts, (seen with { Data = "other" }).Parts);
    }

    [Fact]
    public void HistoryHasALineForEachEpoch()
    {
        Train(out _);
        string[] lines = File.ReadAllLines(Path.Combine(_folder, RunFolder.HistoryFile));
        Assert.Equal("epoch,seconds,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy", lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.All(lines, line => Assert.Equal(7, line.Split(',').Length));
    }

    [Fact]
    public void ARunOfTextsKeepsItsVocabulary()
    {
        string texts = Path.Combine(_folder, "texts"), run = Path.Combine(_folder, "run");
        Directory.CreateDirectory(texts);
        File.WriteAllLines(Path.Combine(texts, "bad.txt"), Enumerable.Repeat("a bad film", 20));
        File.WriteAllLines(Path.Combine(texts, "good.txt"), Enumerable.Repeat("a good film", 20));
        DataBundle data = DataCatalog.Load(texts);
        Recipe recipe = Recipe.For(data) with { Epochs = 1 };
        Module model = ReadyModels.Build(recipe.Model, data);
        ExperimentResult result = new Experiment(data, recipe, model).Run();
        RunFolder.Write(run, model, result.Description, result.History);

        TrainedModel read = TrainedModel.Read(run, ReadyModels.Build);
        Assert.Equal(data.TokenCount, read.Texts!.Vocabulary.Count);
        Tensor tokens = read.Texts.Encode(["a good film", "unheard of"]);
        Assert.Equal(model.Forward(tokens).Softmax(-1).Detach().ToArray<float>(), read.Predict(tokens).ToArray<float>());
        read.RequireFit(DataCatalog.Load(texts, read.DataOptions(null)));
        Assert.Contains(
            "trained on texts", Assert.Throws<FormatException>(() => read.RequireFit(DataCatalog.Load("blobs")))
            .Message.Replace("[3]", "texts", StringComparison.Ordinal), StringComparison.Ordinal);
        string description = Path.Combine(run, RunFolder.DescriptionFile), text = File.ReadAllText(description);
        File.WriteAllText(description, text.Replace("\"length\": 3", "\"length\": 4", StringComparison.Ordinal));
        Assert.Contains(
            "other sizes", Assert.Throws<FormatException>(() => TrainedModel.Read(run, ReadyModels.Build)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void DamageIsNamed()
    {
        Assert.Contains(
            "no run", Assert.Throws<FileNotFoundException>(() => TrainedModel.Read(_folder, ReadyModels.Build)).Message,
            StringComparison.Ordinal);
        Train(out _);
        string description = Path.Combine(_folder, RunFolder.DescriptionFile), text = File.ReadAllText(description);
        File.WriteAllText(description, text[..(text.Length / 2)]);
        Assert.Throws<FormatException>(() => TrainedModel.Read(_folder, ReadyModels.Build));
        File.WriteAllText(description, text.Replace("\"mlp\"", "\"nothing\"", StringComparison.Ordinal));
        Assert.Contains(
            "cannot be built", Assert.Throws<FormatException>(() => TrainedModel.Read(_folder, ReadyModels.Build)).Message,
            StringComparison.Ordinal);
        File.WriteAllText(description, text);
        string weights = Path.Combine(_folder, RunFolder.ModelFile);
        File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..100]);
        Assert.Throws<FormatException>(() => TrainedModel.Read(_folder, ReadyModels.Build));
    }

    [Fact]
    public void OtherDataAreRefused()
    {
        Train(out _);
        TrainedModel read = TrainedModel.Read(_folder, ReadyModels.Build);
        Assert.Contains(
            "shape", Assert.Throws<FormatException>(() => read.RequireFit(DataCatalog.Load("consecutive-ones"))).Message,
            StringComparison.Ordinal);
    }
}
