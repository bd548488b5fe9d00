using System.Text.Json;

namespace Hebb.Cli.Tests;

/// <summary>Tables that are not quite what a model needs, and predictions for many rows.</summary>
public sealed partial class ToolTests
{
    private async Task<string> TrainTowns(params string[] more)
    {
        string rows = string.Concat(
            Enumerable.Range(0, 60).Select(i => $"{(i % 3 == 0 ? "Ulm" : "Bonn")}/{i % 7}/{(i % 3 == 0 ? 7 : 1)}\n"));
        string csv = File("towns.csv", "town/size/digit\n" + rows), run = Path.Combine(_folder, "towns");
        (int code, _, string error) = await Run(
            ["train", csv, "--target", "digit", "--separator", "/", "--epochs", "2", "--out", run, "--overwrite", .. more]);
        Assert.True(code == 0, error);
        return run;
    }

    [Fact]
    public async Task ASeparatorThatWasGivenIsKeptInTheRun()
    {
        string run = await TrainTowns("--categorical", "digit");
        (int code, string output, string error) = await Run("predict", run, File("new.csv", "town/size\nUlm/3\n"));
        Assert.True(code == 0, error);
        Assert.Matches(@"new.csv row 1: [17] \(0\.[0-9]{4}\), [17] \(0\.[0-9]{4}\)", output);
        Assert.Equal(0, (await Run("evaluate", run)).Code);
        Assert.Equal(0, (await Run("predict", run, File("comma.csv", "town,size\nUlm,3\n"), "--separator", ",")).Code);
        Assert.Equal(0, (await Run("predict", run, File("bare.csv", "Ulm/3\nBonn/4\n"), "--no-header")).Code);
    }

    [Fact]
    public async Task AFileThatIsCutAtTheWrongPlacesIsToldSo()
    {
        string run = await TrainTowns("--categorical", "digit");
        (int code, _, string error) = await Run("predict", run, File("comma.csv", "town,size\nUlm,3\n"));
        Assert.Equal(1, code);
        Assert.Contains("has one column where 2 inputs are wanted; say what parts its cells, as in --separator ','.",
            error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("e")]
    [InlineData(",")]
    public async Task WhatStandsInNumbersAndWordsSeparatesNothing(string separator)
    {
        string csv = File("towns.csv", "size;town\n1;Ulm\n2;Bonn\n");
        (int code, _, string error) = await Run("train", csv, "--target", "town", "--separator", separator, "--decimal", ",");
        Assert.Equal(2, code);
        Assert.Contains(separator == "," ? "--separator and --decimal are both ','" : $"--separator is '{separator}', but it must be one",
            error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunIsSummarizedAsItWasTrained()
    {
        string run = await TrainTowns("--categorical", "digit");
        (int code, string output, string error) = await Run("summary", run);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Linear(3 → 128)", output, StringComparison.Ordinal);
        Assert.Contains("Linear(64 → 2)", output, StringComparison.Ordinal);
        (code, _, error) = await Run("summary", run, "--classes", "3");
        Assert.Equal(2, code);
        Assert.Contains("a run that has its own", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClassesThatHoldCommasAreQuotedInLists()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7};{(i % 3 == 0 ? "Bad, Ems" : "Bonn")}\n"));
        string csv = File("towns.csv", "size;town\n" + rows), run = Path.Combine(_folder, "run");
        (int code, string output, string error) = await Run("train", csv, "--target", "town", "--epochs", "1", "--out", run);
        Assert.True(code == 0, error);
        Assert.Contains("2 classes ('Bad, Ems', Bonn)", output, StringComparison.Ordinal);
        Assert.Matches(@"row 1: .*'Bad, Ems' \(0\.[0-9]{4}\)", (await Run("predict", run, csv)).Output);
    }

    [Fact]
    public async Task ADecimalCommaIsAskedForAndKeptInTheRun()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"0{i % 9};{i % 7},5;{i},25\n"));
        string csv = File("prices.csv", "zip;size;price\n" + rows), run = Path.Combine(_folder, "run"), all = "zip;size\n05;3,5\n";
        string[] train = ["train", csv, "--target", "price", "--epochs", "1", "--out", run];
        (int code, _, string error) = await Run(train);
        Assert.Equal(1, code);
        Assert.Contains("if they are numbers, give --decimal ','; or give another target.", error, StringComparison.Ordinal);
        (code, _, error) = await Run([.. train, "--decimal", ","]);
        Assert.True(code == 0, error);
        Assert.Equal($"hebb: '{csv}' line 2, column 1 ('zip'): '00' counts as the number 0; if it is a code, give --categorical zip.",
            error.TrimEnd());
        (code, string output, error) = await Run("evaluate", run);
        Assert.Equal((0, ""), (code, error));
        (code, output, error) = await Run("predict", run, File("new.csv", all));
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(output, (await Run("predict", run, File("new.csv", all.Replace(',', '.')), "--decimal", ".")).Output);
        Assert.Contains("found '3.5', expected a number; give --decimal '.'.",
            (await Run("predict", run, Path.Combine(_folder, "new.csv"))).Error, StringComparison.Ordinal);
        Assert.Contains("--decimal is ';'", (await Run("predict", run, csv, "--decimal", ";")).Error, StringComparison.Ordinal);
        output = (await Run("evaluate", run, File("one.csv", "zip;size;price\n05;3,5;1,5\n"))).Output;
        Assert.Contains("R² not defined, as their targets do not vary, RMSE", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesThatAreNumbersAreKnownAgain()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7},{i % 5},{i * i % 11},{i}\n"));
        string csv = File("years.csv", "1990,1991,1992,1993\n" + rows), run = Path.Combine(_folder, "run");
        (int code, _, string error) = await Run("train", csv, "--target", "4", "--epochs", "1", "--out", run);
        Assert.True(code == 0, error);
        Assert.Contains("'1990, 1991, 1992, 1993' was taken for the names of the columns, because its numbers count", error,
            StringComparison.Ordinal);
        Assert.Contains("give --no-header if it is data.", error, StringComparison.Ordinal);
        (code, string output, error) = await Run("predict", run, File("new.csv", "1990,1991,1992\n1,2,3\n"));
        Assert.Equal((0, "", 1), (code, error, output.TrimEnd().Split('\n').Length));
    }

    [Fact]
    public async Task ASeparatorOfTextsIsKeptInTheRun()
    {
        string csv = File("texts.csv", "text/kind\n" + string.Concat(
            Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? "NA, fine/good\n" : "dull/bad\n")));
        string run = Path.Combine(_folder, "run");
        (int code, _, string error) =
            await Run("train", csv, "--text", "text", "--target", "kind", "--separator", "/", "--epochs", "1", "--out", run);
        Assert.Equal((0, ""), (code, error));
        (code, _, error) = await Run("evaluate", run);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(2, (await Run("evaluate", run, "--unknown", "zeros")).Code);
    }

    [Fact]
    public async Task UnknownCategoriesFollowThePolicy()
    {
        string run = await TrainTowns("--categorical", "digit"), csv = File("new.csv", "town/size/digit\nUlm/3/7\nKiel/4/1\n/5/1\n");
        (int code, string output, string error) = await Run("predict", run, csv);
        Assert.Equal((1, 1), (code, output.TrimEnd().Split('\n').Length));
        Assert.Contains("line 3, column 1 ('town'): found 'Kiel'", error, StringComparison.Ordinal);
        (code, output, error) = await Run("predict", run, csv, "--unknown", "zeros");
        Assert.True(code == 0, error);
        Assert.Equal(3, output.TrimEnd().Split('\n').Length);
        Assert.Equal((1, 0), ((await Run("evaluate", run, csv)).Code, (await Run("evaluate", run, csv, "--unknown", "zeros")).Code));
        Assert.Equal(1, (await Run("predict", run, csv, "--unknown", "missing")).Code);
        Assert.Equal(2, (await Run("predict", run, csv, "--unknown", "guess")).Code);
    }

    [Fact]
    public async Task WhatIsOddAboutATableIsSaid()
    {
        string rows = string.Concat(Enumerable.Range(0, 60).Select(i => $"n{i},{i % 7},{i % 2}\n"));
        string csv = File("odd.csv", "name,size,won\n" + rows), run = Path.Combine(_folder, "run");
        (int code, _, string error) = await Run("train", csv, "--target", "won", "--epochs", "1", "--out", run);
        Assert.Equal(0, code);
        Assert.Contains("hebb: ", error, StringComparison.Ordinal);
        Assert.Contains("give --drop name", error, StringComparison.Ordinal);
        Assert.Contains("give --categorical won", error, StringComparison.Ordinal);
        (code, string output, error) = await Run("evaluate", run);
        Assert.True(code == 0, error);
        Assert.Contains("(in the unit of 'won')", output, StringComparison.Ordinal);
        (code, _, error) = await Run(
            "train", csv, "--target", "won", "--categorical", "won", "--drop", "name", "--epochs", "1", "--out", run, "--overwrite");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(2, (await Run("train", "xor", "--drop", "x1")).Code);
    }

    /// <summary>The target's unit is a thousand times that of its scaled values, whose variance is 1.</summary>
    [Fact]
    public async Task ErrorsAreInTheUnitOfTheTarget()
    {
        string rows = string.Concat(Enumerable.Range(0, 200).Select(i => $"{i * 37 % 101},{i * 53 % 97}\n"));
        string one = File("one.csv", "a,b\n" + rows), run = Path.Combine(_folder, "run");
        string large = File("large.csv", "a,b\n" + rows.Replace("\n", "000\n", StringComparison.Ordinal));
        double small = await Error(one), big = await Error(large);
        Assert.Equal(1000, big / small, 1.0);
        Assert.InRange(small, 5, 100);

        async Task<double> Error(string csv)
        {
            Assert.Equal(0, (await Run("train", csv, "--target", "b", "--epochs", "2", "--out", run, "--overwrite")).Code);
            return LastLine((await Run("evaluate", run, "--json")).Output).GetProperty("test_rmse").GetDouble();
        }
    }

    [Fact]
    public async Task ManyRowsArePredictedInOrderWhateverFollows()
    {
        string run = await TrainTowns();
        string rows = "town/size\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{(i % 2 == 0 ? "Ulm" : "Bonn")}/{i % 5}\n"));
        string good = File("good.csv", rows), bad = File("bad.csv", rows + "Ulm/many\nUlm/3\n");
        (int code, string lines, string error) = await Run("predict", run, bad);
        string[] predicted = lines.TrimEnd().Split('\n');
        Assert.Equal((1, 1000), (code, predicted.Length));
        for (int i = 0; i < 1000; i++) Assert.StartsWith($"{bad} row {i + 1}: digit ", predicted[i], StringComparison.Ordinal);
        Assert.Contains("bad.csv' line 1002, column 2 ('size'): found 'many'", error, StringComparison.Ordinal);

        (code, string json, error) = await Run("predict", run, good, "--json");
        Assert.True(code == 0, error);
        Assert.Single(json.TrimEnd().Split('\n'));
        JsonElement[] one = [.. LastLine(json).GetProperty("predictions").EnumerateArray()];
        Assert.Equal(1000, one.Length);
        Assert.Equal($"{good} row 1000", one[999].GetProperty("input").GetString());
        Assert.Equal("mlp", LastLine(json).GetProperty("model").GetString());
        Assert.EndsWith(
            $" {one[7].GetProperty("values").GetProperty("digit").GetDouble():g6}", predicted[7].TrimEnd(), StringComparison.Ordinal);

        (code, lines, error) = await Run("predict", run, good, Path.Combine(_folder, "absent.csv"));
        Assert.Equal((1, ""), (code, lines));
        Assert.Contains("absent.csv", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PredictingStopsWhereItIsCanceled()
    {
        string run = await TrainTowns();
        string csv = File("many.csv", "town/size\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"Ulm/{i % 5}\n")));
        using CancellationTokenSource source = new();
        using Canceler output = new(source);
        using StringWriter error = new();
        Assert.Equal(130, await Tool.Run(["predict", run, csv], output, error, source.Token));
        Assert.Equal("hebb: canceled.", error.ToString().TrimEnd());
        int lines = output.ToString().TrimEnd().Split('\n').Length;
        Assert.InRange(lines, 1, 1000);
    }

    /// <summary>Cancels as soon as something is written.</summary>
    private sealed class Canceler(CancellationTokenSource source) : StringWriter
    {
        public override void Write(System.Text.StringBuilder? value)
        {
            base.Write(value);
            source.Cancel();
        }
    }
}
