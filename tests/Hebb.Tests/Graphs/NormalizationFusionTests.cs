namespace Hebb.Tests.Graphs;

/// <summary>Elementwise ops in the kernels of batch normalization and of its gradient.</summary>
public class NormalizationFusionTests
{
    private readonly Tensor _gamma = Tensor.Uniform([4], new Rng(4), 0.5, 2);

    [Fact]
    public void WhatFollowsRunsInTheKernel()
    {
        Assert.Equal(["Relu(BatchNormalize)"], Steps(x => Normal(x).Relu()));
        Assert.Equal(["Tanh(Add(BatchNormalize, ·))"], Steps(x => (Normal(x) + x).Tanh()));
        Assert.Equal(["Relu(Sub(·, BatchNormalize))"], Steps(x => (x - Normal(x)).Relu()));
    }

    [Fact]
    public void OfTwoNormalizationsTheLaterOneTakesTheSum()
    {
        string[] found = Steps(x => (Normal(x) + Normal(x.Square())).Relu());
        Assert.Equal(["BatchNormalize", "Square", "Relu(Add(·, BatchNormalize))"], found);
    }

    [Fact]
    public void AnOperandThatIsMadeLaterStaysOutside() =>
        Assert.Equal(["BatchNormalize", "Softmax", "Add"], Steps(x => Normal(x) + x.Softmax(1)));

    [Fact]
    public void WhatSomethingElseReadsStaysOutside()
    {
        Assert.Equal(["BatchNormalize", "Mul(·, Relu(·))"], Steps(x => Doubled(Normal(x))));
        Assert.Equal(["BatchNormalize", "Add"], Steps(x => Normal(x) + Tensor.Ones([4, 1])));

        static Tensor Doubled(Tensor y) => y * y.Relu();
    }

    [Fact]
    public void AnAssignmentBetweenStaysInOrder()
    {
        Tensor state = Tensor.Zeros([6, 4, 3]), x = Input(1);
        Graph graph = Graph.Trace(
            x =>
            {
                Tensor y = Normal(x);
                state.Assign(x);
                return (y + state).Relu();
            }, x.Spec);
        Plan plan = new(graph, GraphPasses.All);
        Assert.DoesNotContain("Relu(Add(BatchNormalize, ·))", plan.Steps.Select(step => step.Name));
        Assert.Equal((Normal(x) + x).Relu().ToArray<float>(), graph.Evaluate(x)[0].ToArray<float>());
    }

    private Tensor Normal(Tensor x) => x.BatchNormalize(_gamma, _gamma).Y;

    private static Tensor Input(ulong seed) => Tensor.Uniform([6, 4, 3], new Rng(seed), -1, 1);

    private static string[] Steps(Func<Tensor, Tensor> function)
    {
        Graph graph = Graph.Trace(function, Input(1).Spec);
        return [.. new Plan(graph, GraphPasses.All).Steps.Select(step => step.Name)];
    }
}
