using System.Text;
using Hebb.Diagnostics;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Tests.Reference;

namespace Hebb.Tests.Graphs;

/// <summary>
/// Training steps of small models, recorded and planned, compared with the texts kept in <c>tests/Reference/graphs</c>, so that a change of
/// what runs shows in review. Accept an intended change with <c>HEBB_ACCEPT=1 dotnet test tests/Hebb.Tests -c Release</c> and commit the
/// files.
/// </summary>
public class CorpusTests
{
    public static TheoryData<string> Models => ["dense-mse", "mlp", "lenet", "lenet-bn", "dropout", "maxout", "dense-adam", "outer-sgd"];

    private static string Folder => Path.Combine(ReferenceFile.Folder, "graphs");

    [Theory, MemberData(nameof(Models))]
    public void GraphAndPlanAreAsKept(string name)
    {
        ModelGraph recorded = Record(name);
        string fresh = recorded.Graph.ToText(recorded.Names) + "\n" + PlanText(recorded.Graph), file = Path.Combine(Folder, name + ".txt");
        if (Environment.GetEnvironmentVariable("HEBB_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, fresh);
        }
        Assert.Equal(File.ReadAllText(file), fresh, ignoreLineEndingDifferences: true);
    }

    private static ModelGraph Record(string name)
    {
        Module model = name switch
        {
            "dense-mse" or "dense-adam" or "outer-sgd" => new Sequential(new Linear(3, 2)),
            "dropout" => new Sequential(new Linear(4, 8), new Relu(), new Dropout(0.5), new Linear(8, 10)),
            "maxout" => new Sequential(new Maxout(4, 3, 2), new Linear(3, 10)),
            "mlp" => ReadyModels.Build(name, [4], 10),
            _ => ReadyModels.Build(name, [1, 28, 28], 10),
        };
        Optimizer? optimizer = name switch
        {
            "dense-adam" => new Optimizer(model, new Adam()) { Hooks = { new ClipByNorm(1), new WeightDecay(0.01), new MaxNorm(3) } },
            "outer-sgd" => new Optimizer(model, new Sgd()),
            _ => null,
        };
        Shape input = name switch
        {
            "dense-mse" or "dense-adam" => [5, 3],
            "outer-sgd" => [1, 3],
            "lenet" or "lenet-bn" => [2, 1, 28, 28],
            _ => [2, 4],
        };
        return model.Children.Count == 1
            ? ModelGraph.OfTraining(
                model, new MseLoss().Forward, new TensorSpec(DType.Float32, input), new TensorSpec(DType.Float32, [input[0], 2]), optimizer)
            : ModelGraph.OfTraining(
                model, new CrossEntropyLoss().Forward, new TensorSpec(DType.Float32, input), new TensorSpec(DType.Int64, [2]));
    }

    /// <summary>What a plan runs, and where in its block each result begins.</summary>
    private static string PlanText(Graph graph)
    {
        Plan plan = new(graph, GraphPasses.All);
        Dictionary<Storage, int> places = plan.Memory.Places.ToDictionary(place => place.Storage, place => place.Start);
        StringBuilder text = new($"plan of {plan.Memory.Bytes} bytes, {plan.Memory.LiveBytes} alive at most\n");
        foreach (PlanStep step in plan.Steps.Concat(plan.Effects))
            text.Append(step.Name).Append(string.Concat(step.Outputs.Select(output => $" {output.Spec} at {places[output.Storage]}")))
                .Append('\n');
        return text.ToString();
    }

}
