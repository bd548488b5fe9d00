using Hebb.Layers;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Tests.Graphs;

public class NormalizedConvolutionsTests
{
    private const GraphPasses Both = GraphPasses.NormalizedConvolutions | GraphPasses.LaneFusion;

    private readonly Tensor _filters = Tensor.Uniform([4, 3, 3, 3], new Rng(3), -1, 1);
    private readonly Tensor _four = Tensor.Uniform([4], new Rng(4), 0.5, 2);

    public static TheoryData<string> Nets => ["lenet-bn", "residual", "depthwise", "few channels"];

    [Theory, MemberData(nameof(Nets))]
    public void ResultsHaveTheBitsOfEagerMode(string name)
    {
        (Module net, Shape image) = Build(name);
        CompiledInference infer = Compiled.Infer(net);
        foreach (int count in (int[])[1, 3, 17])
        {
            Tensor x = Tensor.Uniform(image.Insert(0, count), new Rng((ulong)count), -1, 1);
            using (new NoGrad()) Assert.Equal(net.Forward(x).ToArray<float>(), infer.Run(x).ToArray<float>());
        }
    }

    [Theory, MemberData(nameof(Nets))]
    public void ACallAllocatesNothing(string name)
    {
        (Module net, Shape image) = Build(name);
        CompiledInference infer = Compiled.Infer(net);
        Tensor x = Tensor.Uniform(image.Insert(0, 2), new Rng(1), -1, 1), y = infer.Run(x);
        for (int i = 0; i < 50; i++) infer.Run(x, y);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 50; i++) infer.Run(x, y);
        }));
    }

    [Fact]
    public void TheActivationThatFollowsIsInTheSameKernel()
    {
        Graph graph = Trace(x => Block(x).Relu());
        Assert.Equal(["Conv2d", "NormalizeWith", "Relu"], Steps(graph, GraphPasses.None));
        Assert.Equal(["NormalizeWith(Conv2d)", "Relu"], Steps(graph, GraphPasses.NormalizedConvolutions));
        Assert.Equal(["Relu(NormalizeWith(Conv2d))"], Steps(graph, Both));
        Assert.Equal(["Clip(NormalizeWith(Conv2d))"], Steps(Trace(x => Block(x).Clip(0, 6)), Both));
        Assert.Equal(["Conv2d", "NormalizeWith", "Relu"], Steps(Trace(x => Block(x).Relu()), GraphPasses.LaneFusion));
    }

    [Fact]
    public void AConvolutionThatSomethingElseReadsStays()
    {
        string[] apart = ["Conv2d", "NormalizeWith"];
        Assert.Equal([.. apart, "Add"], Steps(
            Trace(x => Twice(x.Conv2d(_filters), (conv, y) => conv + y)), GraphPasses.NormalizedConvolutions));
        Assert.Equal(["Conv2d", "Relu", "NormalizeWith"], Steps(
            Trace(x => Normalized(x.Conv2d(_filters).Relu())), GraphPasses.NormalizedConvolutions));
        Tensor sum = Tensor.Zeros([1, 4, 4, 4]);
        Graph assigned = Trace(x => Twice(x.Conv2d(_filters), (conv, y) => { sum.Assign(conv); return y + sum; }));
        Assert.DoesNotContain("NormalizeWith(Conv2d)", Steps(assigned, GraphPasses.All));

        Tensor Twice(Tensor conv, Func<Tensor, Tensor, Tensor> join) => join(conv, Normalized(conv));
    }

    [Fact]
    public void AProfileNamesBothOpsAndTheirTimesApart()
    {
        (Module net, _) = Build("lenet-bn");
        IReadOnlyList<ProfileLine> lines = Compiled.Infer(net).Profile(3, Tensor.Uniform([2, 1, 28, 28], new Rng(1)));
        Assert.Equal("Relu(NormalizeWith(Conv2d))", lines[0].Op);
        Assert.Equal("0+1+2", lines[0].Layers);
    }

    private Tensor Block(Tensor x) => Normalized(x.Conv2d(_filters));

    private Tensor Normalized(Tensor x) => x.NormalizeWith(_four, _four, _four, _four);

    private static Graph Trace(Func<Tensor, Tensor> function) => Graph.Trace(function, new TensorSpec(DType.Float32, [1, 3, 6, 6]));

    private static IEnumerable<string> Steps(Graph graph, GraphPasses passes) => new Plan(graph, passes).Steps.Select(step => step.Name);

    private static (Module Net, Shape Image) Build(string name)
    {
        (Module Net, Shape Image) built = name switch
        {
            "lenet-bn" => (ReadyModels.Build(name, [1, 28, 28], 10), [1, 28, 28]),
            "residual" => (new Sequential(
                new Residual([Conv(16, 3), new BatchNorm2d(16), new Relu(), Conv(16, 3), new BatchNorm2d(16)]), new Relu(),
                new Residual([Conv(24, 3, 2), new BatchNorm2d(24)], new Sequential(Conv(24, 1, 2), new BatchNorm2d(24)))), [16, 9, 9]),
            "depthwise" => (new Sequential(
                Conv(20, 3, 2), new BatchNorm2d(20), new Lambda(x => x.Clip(0, 6)),
                new Conv2d(20, 20, (3, 3), ConvWindow.Square(pad: 1, groups: 20), bias: false), new BatchNorm2d(20),
                    new Lambda(x => x.Clip(0, 6)),
                Conv(37, 1), new BatchNorm2d(37)), [3, 11, 10]),
            _ => (new Sequential(Conv(6, 3), new BatchNorm2d(6), new Tanh()), [2, 20, 18]),
        };
        (Module net, Shape image) = built;
        // Averages and parameters that are not those of a new layer.
        for (int i = 0; i < 3; i++) net.Forward(Tensor.Uniform(image.Insert(0, 4), new Rng((ulong)i), -1, 1));
        using (new NoGrad())
        {
            foreach (Parameter parameter in net.Parameters().Where(parameter => parameter.Rank == 1))
                parameter.Assign(Tensor.Uniform(parameter.Shape, new Rng(9), 0.5, 1.5));
        }
        net.Eval();
        return (net, image);

        static Conv2d Conv(int channels, int kernel, int stride = 1) =>
            new(null, channels, (kernel, kernel), ConvWindow.Square(stride: stride, pad: kernel / 2), bias: false);
    }
}
