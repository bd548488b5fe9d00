using Hebb.Data;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Tests.Training;

public class CompiledInferenceTests
{
    [Fact]
    public void WhatChangesInAPartOfTheModelIsSeen()
    {
        Sequential inner = [new Dropout(0.5), new BatchNorm1d(4)], net = [new Linear(4, 4), inner, new Leaky { Slope = 0.5 }];
        Tensor x = Tensor.Normal([6, 4], new Rng(1));
        CompiledInference infer = Compiled.Infer(net);
        Action[] changes =
        [
            () => inner[0].Eval(), () => inner[1].Eval(), () => inner.Add(new Linear(4, 3)), () => inner.Train(),
            () => inner.Noise = new Rng(7), () => ((Leaky)net[2]).Slope = -1, () => net.Eval(), () => net.Add(new Tanh()), () => { },
        ];
        foreach (Action change in changes)
        {
            Same();
            change();
            Same();
        }

        void Same()
        {
            (Module Part, bool IsTraining)[] modes = [.. net.NamedModules().Select(part => (part.Value, part.Value.IsTraining))];
            float[] found = infer.Run(x).ToArray<float>();
            Assert.All(modes, mode => Assert.Equal(mode.IsTraining, mode.Part.IsTraining));
            using Mode evaluation = new(net, isTraining: false);
            Assert.Equal(net.Forward(x).Detach().ToArray<float>(), found);
        }
    }

    private sealed class Leaky : Module
    {
        private long _version;

        public double Slope
        {
            get;
            set
            {
                field = value;
                _version++;
                MarkChanged();
            }
        }

        protected internal override long Version => _version;

        protected override Tensor OnForward(Tensor x) => x.LeakyRelu(Slope);
    }

    [Fact]
    public void PlansOfManySizesHoldLittleMemory()
    {
        Sequential net = [new Linear(64, 2048), new Relu(), new Linear(2048, 8)];
        net.Eval();
        CompiledInference infer = Compiled.Infer(net);
        for (int size = 1000; size < 1040; size++)
        {
            Tensor x = Tensor.Uniform([size, 64], new Rng((ulong)size));
            Assert.Equal(net.Forward(x).Detach().ToArray<float>(), infer.Run(x).ToArray<float>());
            Assert.InRange(infer.PlanBytes, size * 2048 * 4, CompiledInference.MostPlanBytes);
        }
        infer.ClearPlans();
        Assert.Equal(0, infer.PlanBytes);
    }

    [Fact]
    public void EightThreadsGetTheBitsOfEagerMode()
    {
        Module net = ReadyModels.Build("lenet-bn", [1, 28, 28], 10);
        net.Eval();
        CompiledInference infer = Compiled.Infer(net);
        Tensor[] inputs = [.. Enumerable.Range(0, 40).Select(i => Tensor.Uniform([1 + i % 3, 1, 28, 28], new Rng((ulong)i)))];
        float[][] expected = [.. inputs.Select(input => { using (new NoGrad()) return net.Forward(input).ToArray<float>(); })];
        float[][] found = new float[inputs.Length][];
        Parallel.For(0, inputs.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            found[i] = infer.Run(inputs[i]).ToArray<float>());
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

    /// <summary>Results that are views of the input, which nobody else holds, while other threads take and leave memory.</summary>
    [Fact]
    public void AResultThatIsAViewOfTheInputIsNotMadeOfOtherMemory()
    {
        Module[] views = [new Identity(), new Reshape(-1), new Flatten(), new Lambda(x => x.Permute(0, 2, 1)),
            new Lambda(x => x.Narrow(1, 1, 250))];
        CompiledInference[] infers = [.. views.Select(view => Compiled.Infer(view))];
        int wrong = 0;
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            float mark = 1 + i % 97;
            CompiledInference infer = infers[i % infers.Length];
            Tensor found = i % 2 == 0 ? infer.Run(Tensor.Full([4, 256, 256], mark))
                : infer.Run(new Batch(("x", FieldRole.Input, Tensor.Full([4, 256, 256], mark))))[0].Values;
            for (int j = 0; j < 3; j++) Tensor.Full([4, 256, 256], -1);
            if (found.ToArray<float>().AsSpan().ContainsAnyExcept(mark)) Interlocked.Increment(ref wrong);
        });
        Assert.Equal(0, wrong);
    }

    [Fact]
    public void AnOutputOfAnotherShapeIsRefusedAndKept()
    {
        CompiledInference infer = Compiled.Infer(new Lambda(x => x.Sum([1], keepAxes: true)));
        Tensor x = Tensor.Ones([4, 3]), wide = Tensor.Zeros([4, 3]), fitting = Tensor.Zeros([4, 1]);
        ShapeException error = Assert.Throws<ShapeException>(() => infer.Run(x, wide));
        Assert.Contains("float32[4, 1]", error.Message, StringComparison.Ordinal);
        Assert.Equal(new float[12], wide.ToArray<float>());
        infer.Run(x, fitting);
        Assert.Equal([3, 3, 3, 3], fitting.ToArray<float>());
    }

    [Fact]
    public void BatchesWithSeveralInputsGiveAllOutputs()
    {
        Both both = new();
        Tensor mask = Tensor.From([true, false, true, true], [2, 2]);
        Batch batch = new(
            ("a", FieldRole.Input, Tensor.Normal([2, 2, 3], new Rng(1))), ("a.mask", FieldRole.Mask, mask),
                ("b", FieldRole.Input, Tensor.Normal([2, 2, 3], new Rng(2))));
        CompiledInference infer = Compiled.Infer(both);
        for (int i = 0; i < 2; i++)
        {
            MaskedTensor[] found = infer.Run(batch);
            Assert.Equal((batch["a"] + batch["b"]).ToArray<float>(), found[0].Values.ToArray<float>());
            Assert.Equal(mask.ToArray<bool>(), found[0].Mask!.ToArray<bool>());
            Assert.Null(found[1].Mask);
        }
    }

    private sealed class Both : Module
    {
        protected override MaskedTensor[] OnForward(params ReadOnlySpan<MaskedTensor> inputs) =>
            [inputs[0].With(inputs[0].Values + inputs[1].Values), inputs[1].Values];
    }
}
