using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Optim;

public class UpdateRowTests
{
    [Theory]
    [InlineData("sgd")]
    [InlineData("nesterov")]
    [InlineData("adam")]
    public void ParametersThatAreMovedTogetherGetTheWeightsOfEagerMode(string rule)
    {
        ((Sequential eager, Optimizer eagerOptimizer), (Sequential compiled, Optimizer optimizer)) = (Build(rule), Build(rule));
        CompiledStep step = Compiled.Step(compiled, optimizer, new MseLoss().Forward);
        for (int i = 0; i < 40; i++)
        {
            foreach ((Sequential net, Optimizer its) in new[] { (eager, eagerOptimizer), (compiled, optimizer) })
            {
                Parameter bias = ((Linear)net[0]).Bias!;
                if (i == 10) bias.RequiresGrad = false;
                if (i == 15) bias.RequiresGrad = true;
                // Afterwards the parameters have had different numbers of updates.
                if (i == 20)
                    its.LoadStateDict(its.StateDict().Where(pair => !pair.Key.StartsWith("2.weight", StringComparison.Ordinal))
                        .ToDictionary(pair => pair.Key, pair => pair.Value.Clone()));
                if (i == 25) bias.Detach().AsSpan<float>()[1] = 0.25f;
                // From now on they have had equally many again.
                if (i == 30) its.LoadStateDict(new Dictionary<string, Tensor>());
            }
            Tensor x = Tensor.Uniform([i % 4 == 3 ? 2 : 4, 3], new Rng((ulong)i)), target = Tensor.Ones([x.Shape[0], 2]);
            eagerOptimizer.ZeroGrad();
            new MseLoss().Forward(eager.Forward(x), target).Backward();
            eagerOptimizer.Step();
            step.Run(x, target);
            foreach ((string key, Tensor value) in eager.StateDict())
                Assert.Equal(value.ToArray<float>(), compiled.StateDict()[key].ToArray<float>());
        }
        Assert.Equal(eagerOptimizer.StateDict().Keys, optimizer.StateDict().Keys);
        foreach ((string key, Tensor value) in eagerOptimizer.StateDict())
            Assert.Equal(value.Cast(DType.Float64).ToArray<double>(), optimizer.StateDict()[key].Cast(DType.Float64).ToArray<double>());
    }

    [Fact]
    public void MemoryThatAUserHoldsStaysWhereItIs()
    {
        (Sequential net, Optimizer optimizer) = Build("sgd");
        Memory<float> held = ((Linear)net[0]).Bias!.Detach().AsMemory<float>();
        CompiledStep step = Compiled.Step(net, optimizer, new MseLoss().Forward);
        for (int i = 0; i < 3; i++) step.Run(Tensor.Uniform([4, 3], new Rng(1)), Tensor.Ones([4, 2]));
        Assert.Equal(((Linear)net[0]).Bias!.Detach().ToArray<float>(), held.ToArray());
        Assert.False(StorageRow.Holds(((Linear)net[0]).Bias!.Storage));
        Assert.True(StorageRow.Holds(((Linear)net[0]).Weight.Storage));
    }

    [Fact]
    public void GroupsAreMovedApart()
    {
        Sequential net = [new Linear(3, 5), new Linear(5, 2)];
        Optimizer optimizer = new(
            [
                new ParameterGroup(net[0].NamedParameters().Select(pair => ("a." + pair.Name, pair.Value))),
                new ParameterGroup(net[1].NamedParameters().Select(pair => ("b." + pair.Name, pair.Value))) { LearningRateFactor = 0 },
            ],
            new Sgd(), 0.1);
        float[] first = ((Linear)net[0]).Weight.Detach().ToArray<float>(), second = ((Linear)net[1]).Weight.Detach().ToArray<float>();
        Compiled.Step(net, optimizer, new MseLoss().Forward).Run(Tensor.Uniform([4, 3], new Rng(1)), Tensor.Ones([4, 2]));
        Assert.NotEqual(first, ((Linear)net[0]).Weight.Detach().ToArray<float>());
        Assert.Equal(second, ((Linear)net[1]).Weight.Detach().ToArray<float>());
    }

    private static (Sequential Net, Optimizer Optimizer) Build(string rule)
    {
        Sequential net = [new Linear(3, 5), new Tanh(), new Linear(5, 2)];
        IUpdateRule update = rule switch { "sgd" => new Sgd(), "nesterov" => new Sgd(0.9) { IsNesterov = true }, _ => new Adam() };
        return (net, new Optimizer(net, update, 0.05));
    }
}
