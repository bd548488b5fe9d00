using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Tests.Optim;
using Hebb.Training;

namespace Hebb.Tests.Registry;

/// <summary>What holds of every update rule.</summary>
public class RuleSuiteTests
{
    [Theory, MemberData(nameof(RuleCases.Names), MemberType = typeof(RuleCases))]
    public void FindsTheBottomOfABowl(string name)
    {
        RuleCase item = RuleCases.Of(name);
        double[] end = Quadratic.Descend(item.Rule, item.LearningRate, [1, -2, 0.5], [1, 2, 4], 400);
        Assert.All(end, w => Assert.InRange(w, -0.03, 0.03));
    }

    [Theory, MemberData(nameof(RuleCases.Names), MemberType = typeof(RuleCases))]
    public void FloatAndDoubleWalkTheSamePath(string name)
    {
        RuleCase item = RuleCases.Of(name);
        double[] start = [.. Enumerable.Range(0, 37).Select(i => (i - 18) / 16.0)],
            curvatures = [.. Enumerable.Range(0, 37).Select(i => 1 + i % 3.0)];
        Quadratic wide = new(start, curvatures), narrow = new(start, curvatures, DType.Float32);
        Optimizer one = new([wide.Group], item.Rule, item.LearningRate), other = new([narrow.Group], item.Rule, item.LearningRate);
        for (int i = 0; i < 5; i++)
        {
            wide.Step(one);
            narrow.Step(other);
        }
        Assert.All(wide.Values.Zip(narrow.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Theory, MemberData(nameof(RuleCases.Names), MemberType = typeof(RuleCases))]
    public void CompiledStepsMoveAsEagerOnes(string name)
    {
        // The gradients of one sample are outer products, which the update computes inside its loop.
        RuleCase item = RuleCases.Of(name);
        (Sequential Net, Optimizer Optimizer) Build()
        {
            Sequential net = [new Linear(30, 20), new Tanh(), new Linear(20, 3)];
            return (net, new Optimizer(net, item.Rule, item.LearningRate));
        }
        ((Sequential eager, Optimizer its), (Sequential compiled, Optimizer optimizer)) = (Build(), Build());
        CompiledStep step = Compiled.Step(compiled, optimizer, new MseLoss().Forward);
        for (int i = 0; i < 6; i++)
        {
            Tensor x = Tensor.Uniform([i < 3 ? 1 : 4, 30], new Rng((ulong)i)), target = Tensor.Ones([x.Shape[0], 3]);
            its.ZeroGrad();
            new MseLoss().Forward(eager.Forward(x), target).Backward();
            its.Step();
            step.Run(x, target);
        }
        foreach ((string key, Tensor value) in eager.StateDict())
            Assert.Equal(value.ToArray<float>(), compiled.StateDict()[key].ToArray<float>());
    }

    [Theory, MemberData(nameof(RuleCases.Names), MemberType = typeof(RuleCases))]
    public void SavedStateGoesOnWithTheSameBits(string name)
    {
        RuleCase item = RuleCases.Of(name);
        Quadratic through = new([1, -2, 0.5], [1, 2, 4]);
        Optimizer optimizer = new([through.Group], item.Rule, item.LearningRate);
        for (int i = 0; i < 3; i++) through.Step(optimizer);
        Quadratic resumed = new(through.Values, [1, 2, 4]);
        Optimizer second = new([resumed.Group], item.Rule, item.LearningRate);
        second.LoadStateDict(optimizer.StateDict().ToDictionary(pair => pair.Key, pair => pair.Value.Clone()));
        for (int i = 0; i < 3; i++)
        {
            through.Step(optimizer);
            resumed.Step(second);
        }
        Assert.Equal(through.Values, resumed.Values);
        Assert.Equal(item.Rule.StateNames.Count + 1, optimizer.StateDict().Count);
    }

    [Theory, MemberData(nameof(RuleCases.Names), MemberType = typeof(RuleCases))]
    public void StepsWithoutAllocation(string name)
    {
        RuleCase item = RuleCases.Of(name);
        Parameter[] parameters =
            [.. Enumerable.Range(0, 4).Select(i => new Parameter(Tensor.Ones([2, i + 1])) { Grad = Tensor.Ones([2, i + 1]) })];
        Optimizer optimizer =
            new([new ParameterGroup(parameters.Select((parameter, i) => ($"{i}", parameter)))], item.Rule, item.LearningRate);
        for (int i = 0; i < 50; i++) optimizer.Step();
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++) optimizer.Step();
        }));
    }

    [Theory, MemberData(nameof(RuleCases.Names), MemberType = typeof(RuleCases))]
    public void FadingStateEndsAtZero(string name)
    {
        RuleCase item = RuleCases.Of(name);
        if (!item.Fades) return;
        Parameter w = new(Tensor.Ones([5]));
        Optimizer optimizer = new([new ParameterGroup([("w", w)])], item.Rule, item.LearningRate);
        w.Grad = Tensor.Full([5], 1e-15);
        optimizer.Step();
        w.Grad = Tensor.Zeros([5]);
        for (int i = 0; i < 40000 && item.Rule.StateNames.Count > 0; i++) optimizer.Step();
        foreach (string state in item.Rule.StateNames)
            Assert.All(optimizer.StateDict()["w." + state].ToArray<float>(), value => Assert.Equal(0f, value));
    }
}
