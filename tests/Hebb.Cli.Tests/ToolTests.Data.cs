using System.Text.Json;
using Hebb.Files;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Cli.Tests;

/// <summary>What becomes of data between a file and a printed line.</summary>
public sealed partial class ToolTests
{
    /// <summary>Many targets that are one number in float32, or in six digits.</summary>
    [Fact]
    public async Task NumbersFarFromZeroArePrintedApart()
    {
        string csv = File("times.csv", "a,b\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},{1700000000 + 70 * i}\n")));
        string run = Path.Combine(_folder, "run"), some = File("some.csv", "a\n10\n10.01\n90\n");
        Assert.Equal(0, (await Run("train", csv, "--target", "b", "--model", "fc", "--epochs", "60", "--lr", "0.1", "--out", run)).Code);
        JsonElement json = LastLine((await Run("predict", run, some, "--json")).Output);
        double[] found =
            [.. json.GetProperty("predictions").EnumerateArray().Select(one => one.GetProperty("values").GetProperty("b").GetDouble())];
        TrainedModel trained = TrainedModel.Read(run, ReadyModels.Build);
        Assert.Equal([trained.PredictRow(10).Number, trained.PredictRow(10.01).Number, trained.PredictRow(90).Number], found);
        Assert.InRange(found[1] - found[0], 0.1, 2);
        Assert.InRange(found[2] - found[0], 3000, 7000);
        string[] lines = (await Run("predict", run, some)).Output.TrimEnd().Split('\n');
        Assert.Equal(3, lines.Select(line => line.Split(' ')[^1].TrimEnd()).Distinct().Count());
        Assert.All(lines, line => Assert.Matches(@"b 17000\d{5}(\.\d)?\s*$", line));
    }

    [Fact]
    public async Task ProbabilitiesHaveTheDigitsOfTheModel()
    {
        string run = Path.Combine(_folder, "run"), row = File("row.csv", "0,1\n");
        Assert.Equal(0, (await Run("train", File("t.csv", "a,b,y\n" + string.Concat(
            Enumerable.Range(0, 60).Select(i => $"{i % 7},{i % 5},{(i % 7 > 3 ? "p" : "q")}\n"))),
            "--target", "y", "--epochs", "3", "--out", run)).Code);
        string json = (await Run("predict", run, row, "--no-header", "--json")).Output;
        RowPrediction expected = TrainedModel.Read(run, ReadyModels.Build).PredictRow(0, 1);
        foreach (string name in expected.Names)
            Assert.Contains($"\"{name}\":{JsonSerializer.Serialize((float)expected[name])}", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextsArePredictedFromTheirColumn()
    {
        string csv = File("reviews.csv", "text,label,id\n"
            + string.Concat(Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? $"\"fine, really\",pos,{i}\n" : $"dull film,neg,{i}\n")));
        string run = Path.Combine(_folder, "run");
        Assert.Equal(0, (await Run("train", csv, "--text", "text", "--target", "label", "--epochs", "20", "--out", run)).Code);
        (int code, string output, string error) = await Run("predict", run, csv, "--json");
        Assert.True(code == 0, error);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? "pos" : "neg"), LastLine(output).GetProperty("predictions")
            .EnumerateArray().Select(one => one.GetProperty("class").GetString()));
        string other = File("other.csv", "id;text\n1;dull film\n");
        Assert.Contains("other.csv text 1: neg (", (await Run("predict", run, other)).Output, StringComparison.Ordinal);
        Assert.Contains("no column 'text'; give one of column1, column2",
            (await Run("predict", run, File("two.csv", "a|b\n"), "--separator", "|", "--no-header")).Error, StringComparison.Ordinal);
        string lines = File("lines.txt", "dull film, really\rfine film\n");
        Assert.Equal(2, (await Run("predict", run, lines)).Output.TrimEnd().Split('\n').Length);
    }

    [Theory, InlineData(float.NaN), InlineData(float.PositiveInfinity)]
    public async Task AModelThatGivesNoNumberIsRefused(float weight)
    {
        string csv = File("t.csv", "a,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{(i < 30 ? "p" : "q")}\n")));
        foreach (string target in (string[])["a", "y"])
        {
            string run = Path.Combine(_folder, target);
            Assert.Equal(0, (await Run("train", csv, "--target", target, "--epochs", "1", "--out", run)).Code);
            TrainedModel trained = TrainedModel.Read(run, ReadyModels.Build);
            using (new NoGrad()) trained.Model.Parameters().Last().Fill(weight);
            RunFolder.Write(run, trained.Model, trained.Description, []);
            foreach (string command in (string[])["evaluate", "predict"])
            {
                (int code, _, string error) = await Run(command, run, csv);
                Assert.Equal(1, code);
                Assert.Matches("the model gives (NaN|Infinity), which is no class and no number", error);
            }
        }
    }

    [Fact]
    public async Task ImagesAreCheckedBeforeTheFirstIsPredicted()
    {
        string run = Path.Combine(_folder, "shapes"), image = Path.Combine(_folder, "a.png");
        Assert.Equal(0, (await Run("train", "shapes", "--model", "pool4 fc", "--epochs", "1", "--out", run)).Code);
        Png.Write(image, new Image(28, 28, 1, new byte[28 * 28]));
        System.IO.File.Copy(image, Path.Combine(_folder, "b"));
        Assert.Equal(0, (await Run("predict", run, image, Path.Combine(_folder, "b"))).Code);
        (string, string)[] others = [("c.gif", "GIF89a"), ("d.png", "%PDF-1.7"), ("e.csv", "a,b\n"), ("f", "P5\n1 1 255\n ")];
        foreach ((string name, string text) in others)
        {
            (int code, string output, string error) = await Run("predict", run, image, File(name, text));
            Assert.Equal((1, ""), (code, output));
            Assert.Contains("give it an image (.jpeg, .jpg, .pgm, .png, .pnm, .ppm).", error, StringComparison.Ordinal);
        }
    }

    /// <summary>What files hold is printed so that it moves no cursor and makes no line.</summary>
    [Fact]
    public async Task NoticesStayOnTheirLine()
    {
        string csv = File("t.csv", "\"a\nb\",\"y\tz\"\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{i % 3 * 2}\n")));
        string run = Path.Combine(_folder, "run");
        (int code, string output, string error) = await Run("train", csv, "--target", "2", "--epochs", "1", "--out", run);
        Assert.True(code == 0, error);
        Assert.Contains("\\u000a", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\t', output + error);
        Assert.All(error.TrimEnd().Split('\n'), line => Assert.StartsWith("hebb: ", line, StringComparison.Ordinal));
        (_, output, error) = await Run("evaluate", run);
        Assert.DoesNotContain('\t', output + error);
        Assert.Single(output.TrimEnd().Split('\n'));
    }
}
