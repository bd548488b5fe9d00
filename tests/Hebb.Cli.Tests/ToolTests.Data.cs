using System.Text.Json;
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
}
