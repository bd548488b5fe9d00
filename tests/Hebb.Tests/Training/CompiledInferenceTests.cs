using Hebb.Layers;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Tests.Training;

public class CompiledInferenceTests
{
    [Fact]
    public void EightThreadsGetTheBitsOfEagerMode()
    {
        Module net = ReadyModels.Build("lenet-bn", [1, 28, 28], 10);
        net.Eval();
        CompiledInference infer = Compiled.Infer(net);
        Tensor[] inputs = [.. Enumerable.Range(0, 40).Select(i => Tensor.Uniform([1 + i % 3, 1, 28, 28], new Rng((ulong)i)))];
        float[][] expected = [.. inputs.Select(input => { using (new NoGrad()) return net.Forward(input).ToArray<float>(); })];
        float[][] found = new float[inputs.Length][];
        Parallel.For(0, inputs.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => found[i] = infer.Run(inputs[i]).ToArray<float>());
        Assert.Equal(expected, found);
    }

    [Fact]
    public void ACallIntoGivenMemoryAllocatesNothing()
    {
        Module net = ReadyModels.Build("lenet", [1, 28, 28], 10);
        net.Eval();
        CompiledInference infer = Compiled.Infer(net);
        Tensor x = Tensor.Uniform([1, 1, 28, 28], new Rng(1)), y = infer.Run(x);
        for (int i = 0; i < 50; i++) infer.Run(x, y);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 50; i++) infer.Run(x, y);
        }));
        Assert.Throws<ShapeException>(() => infer.Run(x, Tensor.Zeros([3])));
    }

    [Fact]
    public void ResultsStayWhenTheNextCallRuns()
    {
        Sequential net = [new Linear(2, 2)];
        CompiledInference infer = Compiled.Infer(net);
        Tensor first = infer.Run(Tensor.Ones([1, 2]));
        float[] before = first.ToArray<float>();
        infer.Run(Tensor.Zeros([1, 2]));
        Assert.Equal(before, first.ToArray<float>());
    }

    [Fact]
    public void AProfileNamesEveryOp()
    {
        Module net = ReadyModels.Build("lenet", [1, 28, 28], 10);
        net.Eval();
        IReadOnlyList<ProfileLine> lines = Compiled.Infer(net).Profile(3, Tensor.Uniform([2, 1, 28, 28], new Rng(1)));
        Assert.Equal(["Relu(Conv2d)", "MaxPool", "Relu(Conv2d)", "MaxPool"], lines.Take(4).Select(line => line.Op));
        Assert.Equal([2, 6, 28, 28], lines[0].Output!.Value.Shape);
        Assert.Equal(1, lines.Sum(line => line.Share), 9);
    }
}
