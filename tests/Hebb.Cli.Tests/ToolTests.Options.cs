namespace Hebb.Cli.Tests;

/// <summary>Options that are misspelt, given twice, do not apply to the data, or name files that cannot be written.</summary>
public sealed partial class ToolTests
{
    [Theory]
    [InlineData("predict run a.csv --threads 1", "'hebb predict' has no option '--threads', but 'hebb train' and 'hebb evaluate' and")]
    [InlineData("predict run a.csv --drop=a", "'hebb predict' has no option '--drop', but 'hebb train'; leave it out.")]
    [InlineData("evaluate run --fit", "'hebb evaluate' has no option '--fit', but 'hebb predict'; leave it out.")]
    [InlineData("train --jsn", "'hebb train' has no option '--jsn'; did you mean '--json'?")]
    [InlineData("train xor --fit", "'hebb train' has no option '--fit', but 'hebb predict'; leave it out.")]
    [InlineData("train xor --learning-rate 1", "'hebb train' has no option '--learning-rate'; did you mean '--lr'?")]
    [InlineData("train xor --sep ,", "'hebb train' has no option '--sep'; did you mean '--separator'?")]
    [InlineData("bench xor_sgd --jsn", "'hebb bench' has no option '--jsn'; did you mean '--json'?")]
    [InlineData("data sheet digits --ut a.png", "'hebb data sheet' has no option '--ut'; did you mean '--out'?")]
    [InlineData("data list --data-rot x", "'hebb data list' has no option '--data-rot'; did you mean '--data-root'?")]
    [InlineData("summary mlp --nothing-like-it", "'hebb summary' has no option '--nothing-like-it'; see 'hebb summary --help'.")]
    [InlineData("train xor --epochs 2 --lr 1 --epochs", "--epochs is given twice; give it once.")]
    [InlineData("train xor --epochs 2 --epochs 3", "--epochs is given twice; give it once.")]
    [InlineData("predict run --text a --text", "--text is given without a value; give one there, or leave it out.")]
    [InlineData("predict run -- --fitt", "'run' is no run")]
    public async Task AnOptionThatACommandLacksIsNoData(string line, string expected)
    {
        (int code, string output, string error) = await Run(line.Split(' '));
        Assert.NotEqual((0, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train xor", "--missing mean|--tokenizer words|--header|--separator ,|--drop x1|--size 8x8|--text a|--target a")]
    [InlineData("train IMAGES", "--missing mean|--tokenizer words|--header|--no-header|--separator ,|--embed a|--text a")]
    [InlineData("train TEXTS", "--missing mean|--header|--separator ,|--categorical a|--background 0|--target a")]
    [InlineData("train TABLE --target kind", "--tokenizer characters|--size 8x8|--embed kind|--drop ,")]
    [InlineData("train TABLE --target kind --text a", "--drop a|--embed a|--categorical a|--missing mean|--background 0")]
    [InlineData("predict RUN TABLE", "--fit|--invert|--background 30|--text a")]
    [InlineData("evaluate RUN xor", "--header|--separator ,|--unknown zeros")]
    public async Task AnOptionThatDoesNotApplyToTheDataIsRefused(string line, string options)
    {
        string rows = "a,kind\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{(i < 20 ? "low" : "high")}\n"));
        string table = File("table.csv", rows), run = Path.Combine(_folder, "run");
        foreach (string folder in (string[])["images/a", "images/b", "texts"]) Directory.CreateDirectory(Path.Combine(_folder, folder));
        foreach (string name in (string[])["a", "b"])
        {
            Files.Png.Write(Path.Combine(_folder, "images", name, "1.png"), new Files.Image(4, 4, 1, new byte[16]));
            File($"texts/{name}.txt", "one\ntwo\n");
        }
        if (line.Contains("RUN", StringComparison.Ordinal))
            Assert.Equal(0, (await Run("train", table, "--target", "kind", "--epochs", "1", "--out", run)).Code);
        string[] words = [.. line.Split(' ').Select(word => word switch
        {
            "IMAGES" => Path.Combine(_folder, "images"),
            "TEXTS" => Path.Combine(_folder, "texts"),
            "TABLE" => table,
            "RUN" => run,
            _ => word,
        })];
        foreach (string option in options.Split('|'))
        {
            (int code, string output, string error) = await Run([.. words, .. option.Split(' ')]);
            Assert.True((code, output) == (2, ""), $"{line} {option}: {error}");
            Assert.Matches("to which it does not apply; leave it out|must name columns|name input columns to embed", error);
        }
    }

    [Fact]
    public async Task ModelsAreMeasuredByRowsWithATarget()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i % 4},{(i < 20 ? "low" : "high")}\n"));
        string run = Path.Combine(_folder, "run");
        Assert.Equal(
            0, (await Run("train", File("t.csv", "a,b,kind\n" + rows), "--target", "kind", "--epochs", "1", "--out", run)).Code);
        (int code, _, string error) = await Run("evaluate", run, File("bare.csv", "a,b\n1,2\n3,4\n"));
        Assert.Equal(1, code);
        Assert.Contains("has no column 'kind', which the model predicts", error, StringComparison.Ordinal);
        (code, _, error) = await Run("evaluate", run, File("rows.csv", rows), "--no-header");
        Assert.True(code == 0, error);
        (code, _, error) = await Run("data", "sheet", Path.Combine(_folder, "t.csv"), "--out", Path.Combine(_folder, "s.png"));
        Assert.Equal(2, code);
        Assert.Contains("holds no images in classes", error, StringComparison.Ordinal);
    }

    [Theory, InlineData("train digtis --size 8x8"), InlineData("data sheet digtis --out a.png")]
    public async Task DataThatAreNotThereAreNotJudged(string line) =>
        Assert.Contains("There is no data set 'digtis'", (await Run(line.Split(' '))).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("train xor --epochs 1 --out RUN --plot", ".svg")]
    [InlineData("summary mlp --graph", ".svg")]
    [InlineData("summary mlp --graph", ".txt")]
    [InlineData("data sheet digits --out", ".png")]
    public async Task FilesThatCannotBeWrittenAreFoundBeforeTheWork(string line, string ending)
    {
        string folder = Path.Combine(_folder, $"folder{ending}"), closed = Path.Combine(_folder, "closed");
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(closed);
        string[] words = line.Replace("RUN", Path.Combine(_folder, "run"), StringComparison.Ordinal).Split(' ');
        List<(string Path, string Expected)> wrong =
            [(folder, "which is a folder"), (Path.Combine(_folder, "no", $"x{ending}"), "there is no folder"), ("x.pdf", "that ends in")];
        if (!OperatingSystem.IsWindows() && !Environment.IsPrivilegedProcess)
        {
            System.IO.File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            wrong.Add((Path.Combine(closed, $"x{ending}"), "nothing can be written to the folder"));
        }
        foreach ((string path, string expected) in wrong)
        {
            (int code, string output, string error) = await Run([.. words, path]);
            Assert.Equal((2, ""), (code, output));
            Assert.Contains(expected, error, StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(Path.Combine(_folder, "run")));
        (int done, _, string message) = await Run([.. words, Path.Combine(_folder, $"x{ending}")]);
        Assert.True(done == 0, message);
        Assert.True(new FileInfo(Path.Combine(_folder, $"x{ending}")).Length > 0);
    }

    [Fact]
    public async Task CurvesMayLieInTheRunFolderAndOldOnesAreNamed()
    {
        string run = Path.Combine(_folder, "new"), curves = Path.Combine(run, "c.svg");
        (int code, _, string error) = await Run("train", "xor", "--epochs", "1", "--out", run, "--plot", curves);
        Assert.Equal((0, ""), (code, error));
        Assert.True(System.IO.File.Exists(curves));
        (code, _, error) = await Run("train", "xor", "--epochs", "1", "--out", run, "--overwrite", "--plot", curves);
        Assert.Equal((0, ""), (code, error));
        (code, _, error) = await Run("train", "xor", "--epochs", "1", "--out", run, "--overwrite");
        Assert.Equal(0, code);
        Assert.Contains("also holds c.svg, which is not of the new run", error, StringComparison.Ordinal);
    }
}
