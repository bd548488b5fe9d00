using System.Text.Json;
using Hebb.Data;
using Hebb.Files;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Tests.Training;

public sealed class RowPredictorTests
{
    private static TrainedModel Trained(string target, string embed = "")
    {
        CsvTable table = Csv.Read(
            new MemoryStream("age,job,wage,buys\n20,cook,5,no\n40,,6,yes\n30,smith,9,no\n50,cook,7,yes\n"u8.ToArray()), "x");
        TableSchema schema = TableSchema.Fit(
            table, [0, 1, 2, 3], new TableOptions { Target = target, Embed = embed.Length == 0 ? [] : [embed] });
        RunDescription run = new()
        {
            Data = "x",
            Model = "mlp",
            InputShape = [schema.Width],
            IsClassifier = !schema.Target.IsNumeric,
            Names = schema.Target.IsNumeric ? [target] : schema.Target.Categories,
            Table = JsonDocument.Parse(schema.ToJson()).RootElement,
        };
        TrainedModel trained = new(run, ReadyModels.Build(run));
        trained.Model.Initialize(3);
        trained.Model.Eval();
        return trained;
    }

    [Theory, InlineData(""), InlineData("job")]
    public void ClassesHaveTheProbabilitiesThatPredictGives(string embed)
    {
        TrainedModel trained = Trained("buys", embed);
        Dictionary<string, object?> row = new() { ["age"] = 33, ["job"] = null, ["wage"] = 6.5m };
        float[] expected = trained.Predict(trained.Table!.Encode(row)).ToArray<float>();
        foreach (RowPrediction found in (RowPrediction[])[trained.PredictRow(row), trained.PredictRow(33, null, 6.5)])
        {
            Assert.Equal(["no", "yes"], found.Names);
            Assert.Equal([expected[0], expected[1]], found.Values);
            Assert.Equal(expected[1], found["yes"]);
            Assert.Equal(expected[0] >= expected[1] ? "no" : "yes", found.Class);
            Assert.Contains(
                "asked for a number", Assert.Throws<InvalidOperationException>(() => found.Number).Message, StringComparison.Ordinal);
            Assert.Throws<KeyNotFoundException>(() => found["maybe"]);
        }
    }

    [Fact]
    public void NumbersAreInTheUnitOfTheTarget()
    {
        TrainedModel trained = Trained("wage");
        RowPrediction found = trained.PredictRow(33, "cook", "yes");
        Assert.Equal(trained.Predict(trained.Table!.Encode([33, "cook", "yes"])).ToArray<double>()[0], found.Number);
        Assert.Equal(found.Number, found["wage"]);
        Assert.StartsWith("wage ", found.ToString(), StringComparison.Ordinal);
        Assert.Contains("read Number", Assert.Throws<InvalidOperationException>(() => found.Class).Message, StringComparison.Ordinal);
        using (new NoGrad()) trained.Model.Parameters().Last().Fill(1);
        Assert.NotEqual(found.Number, trained.PredictRow(33, "cook", "yes").Number);
    }

    /// <summary>Targets that are one float are told apart as the model's outputs are.</summary>
    [Fact]
    public void NumbersFarFromZeroAreToldApart()
    {
        CsvTable table = Csv.Read(new MemoryStream("a,b\n1,1700000000\n2,1700000020\n3,1700000040\n"u8.ToArray()), "x");
        TableSchema schema = TableSchema.Fit(table, [0, 1, 2], new TableOptions { Target = "b" });
        RunDescription run = new()
        {
            Data = "x",
            Model = "fc",
            InputShape = [1],
            Names = ["b"],
            Table = JsonDocument.Parse(schema.ToJson()).RootElement,
        };
        TrainedModel trained = new(run, ReadyModels.Build(run));
        using (new NoGrad())
        {
            Parameter[] parameters = [.. trained.Model.Parameters()];
            parameters[0].Fill(1); // the scaled target is the scaled input
            parameters[1].Fill(0);
        }
        for (int a = 1; a <= 3; a++)
        {
            RowPrediction found = trained.PredictRow(a);
            Assert.Equal(1700000000 + 20 * (a - 1), found.Number, 1e-4);
            Assert.Equal($"b {1700000000 + 20 * (a - 1)}", found.ToString());
            Assert.Equal([found.Number], trained.Predict(schema.Encode([a])).ToArray<double>());
        }
    }

    [Fact]
    public void ThePolicyForUnknownCategoriesIsThePredictors()
    {
        TrainedModel trained = Trained("buys");
        Assert.Contains("'job': found 'baker'", Assert.Throws<ArgumentException>(() => trained.PredictRow(1, "baker", 2)).Message,
            StringComparison.Ordinal);
        RowPredictor predictor = new(trained, UnknownCategories.Missing);
        Assert.Equal(trained.PredictRow(1, (string?)null, 2).Values, predictor.Predict(1, "baker", 2).Values);
        TrainedModel other = trained with { Description = trained.Description with { Names = ["a", "b"] } };
        Assert.Equal(["a", "b"], other.PredictRow(1, "cook", 2).Names);
        RunDescription images = new() { Data = "digits", Model = "mlp", InputShape = [4], Names = ["a"] };
        Assert.Contains("'digits', which is no table", Assert.Throws<InvalidOperationException>(
            () => new TrainedModel(images, ReadyModels.Build(images)).PredictRow(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralThreadsPredictAtOnce()
    {
        TrainedModel trained = Trained("buys");
        double[] expected = [.. Enumerable.Range(0, 50).Select(i => trained.PredictRow(i, "cook", 1)["yes"])];
        Parallel.For(0, 2000, i => Assert.Equal(expected[i % 50], trained.PredictRow(i % 50, "cook", 1)["yes"]));
    }
}
