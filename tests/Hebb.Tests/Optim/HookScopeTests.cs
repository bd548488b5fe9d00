using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Optim;

/// <summary>Hooks do the same around eager updates and around those of a recorded step.</summary>
public class HookScopeTests
{
    public static TheoryData<string> Hooks => ["decay", "norm", "value", "bound", "replace", "rest", "many", "group"];

    [Theory, MemberData(nameof(Hooks))]
    public void ARecordedStepGivesTheWeightsOfEagerMode(string hooks)
    {
        ((Sequential eager, Optimizer eagerOptimizer), (Sequential compiled, Optimizer optimizer)) = (Build(hooks), Build(hooks));
        CompiledStep step = Compiled.Step(compiled, optimizer, new MseLoss().Forward);
        for (int i = 0; i < 12; i++)
        {
            Tensor x = Tensor.Uniform([i % 4 == 3 ? 1 : 4, 3], new Rng((ulong)i)), target = Tensor.Ones([x.Shape[0], 2]);
            eagerOptimizer.ZeroGrad();
            new MseLoss().Forward(eager.Forward(x), target).Backward();
            eagerOptimizer.Step();
            step.Run(x, target);
            foreach ((string key, Tensor value) in eager.StateDict())
                Assert.Equal(value.ToArray<float>(), compiled.StateDict()[key].ToArray<float>());
            Assert.All(compiled.Parameters(), parameter => Assert.Null(parameter.Grad));
        }
        foreach ((string key, Tensor value) in eagerOptimizer.StateDict())
            Assert.Equal(value.Cast(DType.Float64).ToArray<double>(), optimizer.StateDict()[key].Cast(DType.Float64).ToArray<double>());
    }

    [Theory, InlineData("decay"), InlineData("norm"), InlineData("value"), InlineData("bound"), InlineData("many"), InlineData("group")]
    public void RecordedStepsWithHooksDoNotAllocate(string hooks)
    {
        (Sequential net, Optimizer optimizer) = Build(hooks);
        CompiledStep step = Compiled.Step(net, optimizer, new MseLoss().Forward);
        Tensor x = Tensor.Uniform([4, 3], new Rng(1)), target = Tensor.Ones([4, 2]);
        for (int i = 0; i < 50; i++) step.Run(x, target);
        Assert.Equal(0, Hebb.Testing.Allocations.Of(() =>
        {
            for (int i = 0; i < 50; i++) step.Run(x, target);
        }));
    }

    [Fact]
    public void AGradientThatNoHookLooksAtIsComputedInsideTheUpdate()
    {
        Sequential net = [new Linear(30, 20), new Relu(), new Linear(20, 3)];
        Optimizer optimizer = new(net, new Adam(), 0.01) { Hooks = { new WeightDecay(0.01, WeightDecayForm.Decoupled), new MaxNorm(3) } };
        CompiledStep step = Compiled.Step(net, optimizer, new MseLoss().Forward);
        Tensor x = Tensor.Uniform([1, 30], new Rng(1)), target = Tensor.Ones([1, 3]);
        Assert.DoesNotContain("Mul", step.Profile(1, x, target).Select(line => line.Op));
        optimizer.Hooks.Add(new ClipByValue(0.1));
        Assert.Equal(2, step.Profile(1, x, target).Count(line => line.Op == "Mul"));
    }

    private static (Sequential Net, Optimizer Optimizer) Build(string hooks)
    {
        Sequential net = [new Linear(3, 5), new Tanh(), new Linear(5, 2)];
        IEnumerable<(string, Parameter)> Of(int layer) => net[layer].NamedParameters().Select(pair => ($"{layer}.{pair.Name}", pair.Value));
        ParameterGroup second = new(Of(2));
        Optimizer optimizer = new([new ParameterGroup(Of(0)), second], new Adam(), 0.05);
        optimizer.Hooks.AddRange(hooks switch
        {
            "decay" => [new WeightDecay(0.1)],
            "norm" => [new ClipByNorm(0.5)],
            "value" => [new ClipByValue(0.05), new L1Penalty(0.01)],
            "bound" => [new MaxNorm(0.5)],
            "replace" => [new Doubled()],
            "rest" => [new Rests()],
            "many" => (IUpdateHook[])
            [
                new ClipByNorm(0.5), new WeightDecay(0.1, WeightDecayForm.Decoupled), new MaxNorm(1), WeightAverage.Exponential(0.9),
            ],
            _ => [],
        });
        if (hooks == "group") second.Hooks.Add(new ClipByNorm(0.1));
        return (net, optimizer);
    }

    /// <summary>Gives every parameter another gradient.</summary>
    private sealed class Doubled : IUpdateHook
    {
        public void Before(IReadOnlyList<Parameter> parameters)
        {
            foreach (Parameter parameter in parameters) parameter.Grad = parameter.Grad! * 2;
        }
    }

    /// <summary>Takes the gradient from the first parameter at every other step.</summary>
    private sealed class Rests : IUpdateHook
    {
        private int _steps;

        public void Before(IReadOnlyList<Parameter> parameters)
        {
            if (_steps++ % 2 == 0) parameters[0].Grad = null;
        }
    }
}
