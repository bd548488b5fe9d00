using Hebb.Diagnostics;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Models;

public class TextCnnTests
{
    private static readonly TextCnnOptions s_small = new() { Features = 6, Filters = 4, Spread = 1 };

    private static readonly Tensor s_texts = Tensor.From<long>([3, 4, 5, 6, 7, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [3, 6]);

    [Fact]
    public void HowFarTextsAreFilledUpDoesNotMatter()
    {
        TextCnn net = new(8, 2, s_small);
        net.Initialize(3);
        net.Eval();
        Tensor wide = Tensor.Concat([s_texts, Tensor.Zeros([3, 9], DType.Int64)], 1), y = net.Forward(wide);
        Assert.Equal(y.Narrow(0, 0, 2).Detach().ToArray<float>(),
            net.Forward(wide.Narrow(1, 0, 6)).Narrow(0, 0, 2).Detach().ToArray<float>());
        Assert.Equal(y.Narrow(0, 1, 1).Detach().ToArray<float>(),
            net.Forward(wide.Narrow(0, 1, 1).Narrow(1, 0, 2)).Detach().ToArray<float>());
        // A text without words has found nothing: the last layer's biases.
        Assert.Equal(net.NamedParameters().Single(parameter => parameter.Name == "fc.bias").Value.Detach().ToArray<float>(),
            y.Narrow(0, 2, 1).Detach().ToArray<float>());
    }

    [Fact]
    public void ItIsWhatItsPartsCompute()
    {
        TextCnn net = new(8, 3, s_small);
        net.Initialize(1);
        net.Eval();
        Tensor words = Tensor.From<long>([3, 4, 5, 6, 7], [1, 5]);
        Embedding embedding = (Embedding)net.Children[0].Value;
        Tensor sequence = embedding.Forward(words).Permute(0, 2, 1);
        Tensor[] found = [.. net.Children.Select(child => child.Value).OfType<Conv1dMax>().Select((conv, i) =>
            sequence.Pad([0, 0, (2 + i) / 2], [0, 0, (3 + i) / 2]).Conv1d(conv.Weight, conv.Bias).Relu().Max(2))];
        float[] expected = net.Children[^1].Value.Forward(Tensor.Concat(found, 1)).Detach().ToArray<float>(),
            actual = net.Forward(words).Detach().ToArray<float>();
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5);
    }

    [Fact]
    public void GradientsAgreeWithDifferences()
    {
        TextCnn net = new(8, 2, s_small with { Dropout = 0 });
        net.Initialize(5);
        TextCnn copy = net.Clone().To(DType.Float64);
        Tensor target = Tensor.From<long>([1, 0, 1], [3]);
        GradientCheckReport report = GradientCheck.Run(
            () => new CrossEntropyLoss().Forward(copy.Forward(s_texts), target),
                [.. copy.NamedParameters().Select(parameter => (parameter.Name, (Tensor)parameter.Value))]);
        Assert.True(report.Error < 1e-6, report.ToString()); // relative, and some are 1e-5
    }

    [Fact]
    public void ACompiledStepGivesTheBitsOfAnEagerOneAndAllocatesNothing()
    {
        Tensor target = Tensor.From<long>([1, 0, 1], [3]);
        (CompiledStep step, Module compiled) = Make();
        (_, Module eager) = Make();
        Optimizer optimizer = new(eager, new Adam(), 0.01);
        for (int i = 0; i < 5; i++)
        {
            step.Run(s_texts, target);
            new CrossEntropyLoss().Forward(eager.Forward(s_texts), target).Backward();
            optimizer.Step();
            optimizer.ZeroGrad();
        }
        foreach ((Parameter a, Parameter b) in compiled.Parameters().Zip(eager.Parameters())) Assert.Equal(
            a.Detach().ToArray<float>(), b.Detach().ToArray<float>());
        for (int i = 0; i < 30; i++) step.Run(s_texts, target);
        Assert.Equal(0, Allocations.Of(() => { for (int i = 0; i < 20; i++) step.Run(s_texts, target); }));

        static (CompiledStep, Module) Make()
        {
            TextCnn net = new(8, 2, s_small with { WordDropout = 0.2, FeatureDropout = 0.2 });
            net.Initialize(7);
            return (Compiled.Step(net, new Optimizer(net, new Adam(), 0.01), new CrossEntropyLoss().Forward), net);
        }
    }

    [Fact]
    public void ShapesAreKnownWithoutData()
    {
        Module net = ReadyModels.Build("text-cnn", [50], 2, tokens: 1000);
        ModelSummary summary = ModelSummary.Of(net, new TensorSpec(DType.Int64, [4, 50]));
        Assert.Equal(1000 * 128 + 100 * (128 * 12 + 3) + 2 * 301, summary.Parameters);
        Assert.Contains(summary.Layers, layer => layer.Layer == "Conv1dMax(128 → 100, 4)" && layer.Output == [4, 100]);
        Assert.Equal(net.ParameterCount, net.Clone().ParameterCount);
    }

    [Fact]
    public void OtherInputsAreRefused()
    {
        Assert.Contains(
            "int64 [N, T]", Assert.Throws<ShapeException>(() => new TextCnn(8, 2).Forward(Tensor.Zeros([2, 3]))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => new TextCnn(8, 2).Forward(Tensor.Zeros([2, 0], DType.Int64)));
        Assert.Throws<ArgumentException>(() => new TextCnn(8, 2, new TextCnnOptions { Widths = [] }));
        Assert.Throws<ArgumentException>(() => new TextCnn(8, 2, new TextCnnOptions { Widths = [3, 3] }));
    }
}
