using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Tests.Optim;

public class ParameterGroupTests
{
    private sealed class Log(string name, List<string> lines) : IUpdateHook
    {
        public void Before(IReadOnlyList<Parameter> parameters) => lines.Add($"{name} before {parameters.Count}");

        public void Change(Parameter parameter, double learningRate, ref UpdateChange change) =>
            lines.Add($"{name} change at {learningRate}");

        public void After(IReadOnlyList<Parameter> parameters) => lines.Add($"{name} after {parameters.Count}");
    }

    [Fact]
    public void GroupsHaveTheirOwnRatesAndHooks()
    {
        Parameter slow = OneParameter.Filled(1, 1), fast = OneParameter.Filled(1, 1), resting = OneParameter.Filled(1, 1);
        List<string> lines = [];
        ParameterGroup second = new([("fast", fast)]) { LearningRateFactor = 5, Hooks = { new Log("group", lines) } };
        Optimizer optimizer = new(
            [new ParameterGroup([("slow", slow)]), second, new ParameterGroup([("resting", resting)]) { LearningRateFactor = 0 }],
            new Sgd(), 0.1);
        optimizer.Hooks.Add(new Log("all", lines));
        optimizer.Step();
        Assert.Equal((0.9, 0.5, 1.0), (OneParameter.Value(slow), OneParameter.Value(fast), OneParameter.Value(resting)));
        Assert.Equal(
            ["all before 3", "group before 1", "all change at 0.1", "all change at 0.5", "group change at 0.5", "all change at 0",
                "all after 3", "group after 1"],
            lines);
    }
}
