using Hebb.Layers;
using Hebb.Tests.Registry;

namespace Hebb.Tests.Layers;

public class ModuleForwardTests
{
    private const int Longest = 11;

    /// <summary>Layers that see sequences [N, 3, T], alone or padded.</summary>
    public static TheoryData<string> Names => [.. Cases.Keys];

    private static Dictionary<string, Func<Module>> Cases { get; } = new()
    {
        ["conv"] = () => new Conv1d(3, 4, 3),
        ["conv, padded"] = () => new Conv1d(3, 4, 3, pad: 1),
        ["conv, padded more"] = () => new Conv1d(3, 4, 2, pad: 2),
        ["conv, strided and dilated"] = () => new Conv1d(3, 4, 2, stride: 2, pad: 1, dilation: 2),
        ["max"] = () => new MaxPool1d(2),
        ["max, padded"] = () => new MaxPool1d(3, 2, 1),
        ["mean"] = () => new AvgPool1d(2),
        ["mean, padded"] = () => new AvgPool1d(3, 1, 1),
        ["pools"] = () => new Sequential(
            new Conv1d(3, 4, 3, pad: 1), new Relu(), new MaxPool1d(2), new Conv1d(4, 5, 2), new Tanh(), new GlobalAvgPool()),
        ["global max"] = () => new GlobalMaxPool(),
        ["global mean"] = () => new GlobalAvgPool(),
        ["best match"] = () => new Conv1dMax(3, 4, 3),
        ["branches"] = () => new Concat(new Sequential(new Conv1d(3, 4, 3, pad: 1), new GlobalMaxPool()), new Conv1dMax(3, 2, 2)),
        ["a block"] = () => new Residual([new Conv1d(3, 3, 3, pad: 1), new Relu()]),
        ["a user's"] = () => new Wrapped(new Sequential(new Conv1d(3, 4, 3), new GlobalMaxPool(), new Linear(4, 2))),
    };

    /// <summary>Layers that compute a step from others, and the shape of their input.</summary>
    public static TheoryData<string> MixingNames => [.. s_mixing.Keys];

    private static readonly Dictionary<string, (Func<Module> Layer, Shape Input)> s_mixing = new()
    {
        ["groups"] = (() => new GroupNorm(1, 4), [2, 4, 6]),
        ["groups of steps"] = (() => new GroupNorm(2, 6), [2, 6, 4]),
        ["instances"] = (() => new InstanceNorm(4), [2, 4, 6]),
        ["layer of all"] = (() => new LayerNorm([6, 4]), [2, 6, 4]),
        ["softmax"] = (() => new Softmax(), [2, 6, 4]),
        ["logarithms"] = (() => new LogSoftmax(-1), [2, 4, 6]),
        ["dense"] = (() => new Linear(6, 6), [2, 4, 6]),
        ["maxout"] = (() => new Maxout(6, 6, 2), [2, 4, 6]),
        ["images"] = (() => new Conv2d(1, 1, 3, pad: 1), [2, 1, 5, 6]),
        ["pooled images"] = (() => new MaxPool2d(3, 1, 1), [2, 1, 5, 6]),
    };

    [Theory, MemberData(nameof(MixingNames))]
    public void PaddingIsNotMixedIntoTheStepsThatCount(string name)
    {
        (Func<Module> layer, Shape input) = s_mixing[name];
        Tensor x = Tensor.Normal(input, new Rng(1)), mask = Tensor.From<long>(6, 2).LengthMask(6);
        Sequential net = [layer()];
        Assert.Contains($"{net.Children[0].Value.Description} got sequences with a mask, but would mix",
            Assert.Throws<InvalidOperationException>(() => net.Forward(new MaskedTensor(x, mask))).Message, StringComparison.Ordinal);
        net.Forward(x);
    }

    [Fact]
    public void LayersAlongTheFeaturesTakeAnyMask()
    {
        Tensor mask = Tensor.From<long>(6, 2).LengthMask(6);
        Module[] layers = [new LayerNorm(4), new Softmax(-1), new Linear(4, 6), new InstanceNorm(6), new Conv2d(1, 1, 1)];
        foreach (Module layer in layers)
        {
            Tensor x = Tensor.Normal(layer is Conv2d ? [2, 1, 4, 6] : [2, 6, 4], new Rng(1));
            Assert.Same(mask, layer.Forward(new MaskedTensor(x, mask)).Mask);
        }
        // Where features are as many as steps, both may be meant.
        Assert.Same(mask, new Linear(6, 6).Forward(new MaskedTensor(Tensor.Ones([2, 6, 6]), mask)).Mask);
    }

    [Theory, MemberData(nameof(Names))]
    public void PaddedSequencesGiveWhatEachGivesAlone(string name)
    {
        Module net = Cases[name]().To(DType.Float64);
        int[] lengths = [5, 11, 7, 4];
        Tensor x = Tensor.Normal([4, 3, Longest], new Rng(3), dtype: DType.Float64),
            mask = Tensor.From<long>([5, 11, 7, 4], [4]).LengthMask(Longest);
        // What stands behind the sequences must not matter, whatever it is.
        MaskedTensor y = net.Forward(new MaskedTensor(x, mask));
        Graph graph = Graph.Trace(
            arguments =>
            {
                MaskedTensor traced = net.Forward(new MaskedTensor(arguments[0], arguments[1]));
                return traced.Mask is null ? [traced.Values] : [traced.Values, traced.Mask];
            },
            x.Spec, mask.Spec);
        Tensor[] replayed = graph.Evaluate(x, mask);
        Assert.Equal(y.Values.Detach().ToArray<double>(), replayed[0].ToArray<double>());
        Assert.Equal(y.Mask?.ToArray<bool>(), replayed.Length > 1 ? replayed[1].ToArray<bool>() : null);
        for (int i = 0; i < lengths.Length; i++)
        {
            Tensor alone = net.Forward(x.Narrow(0, i, 1).Narrow(2, 0, lengths[i])).Detach(), padded = y.Values.Detach().Narrow(0, i, 1);
            if (y.Mask is not null)
            {
                bool[] counts = y.Mask.Narrow(0, i, 1).ToArray<bool>();
                Assert.Equal(alone.Shape[2], counts.Count(counted => counted));
                Assert.All(counts[..alone.Shape[2]], Assert.True);
                padded = padded.Narrow(2, 0, alone.Shape[2]);
            }
            Near.Assert(alone.ToArray<double>(), padded.ToArray<double>(), 1e-12, $"sample {i}");
        }
        Assert.All(y.Values.Detach().ToArray<double>(), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void SequencesWithoutAnyStepGiveZerosFromPools()
    {
        MaskedTensor none = new(Tensor.Normal([2, 3, 4], new Rng(1)), Tensor.Zeros([2, 4], DType.Bool));
        Assert.Equal(new float[6], new GlobalMaxPool().Forward(none).Values.ToArray<float>());
        Assert.Equal(new float[6], new GlobalAvgPool().Forward(none).Values.ToArray<float>());
    }

    [Fact]
    public void LayersThatDoNotCarePassMasksOn()
    {
        Tensor mask = Tensor.From([true, true, false, true, false, false], [2, 3]);
        Sequential net = [new Linear(4, 5), new Relu(), new Sequential(new LayerNorm(5), new Dropout()),
            new Lambda(x => x.Permute(0, 2, 1)), new BatchNorm1d(5)];
        MaskedTensor y = net.Forward(new MaskedTensor(Tensor.Ones([2, 3, 4]), mask));
        Assert.Same(mask, y.Mask);
        Assert.Equal([2, 5, 3], y.Values.Shape);
        ShapeException error = Assert.Throws<ShapeException>(
            () => new Sequential(new Linear(4, 5), new Flatten()).Forward(new MaskedTensor(Tensor.Ones([2, 3, 4]), mask)));
        Assert.StartsWith("In layer '1', Flatten", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AModuleThatWouldLoseAMaskIsRefused()
    {
        MaskedTensor x = new(Tensor.Ones([2, 3, 4]), Tensor.Ones([2, 4], DType.Bool));
        Careless careless = new();
        Assert.Equal([2, 3], careless.Forward(x.Values).Shape);
        string message = Assert.Throws<InvalidOperationException>(() => new Sequential(careless).Forward(x)).Message;
        Assert.Contains("'inner.0 GlobalMaxPool'", message, StringComparison.Ordinal);
        Assert.Contains("by Circular",
            Assert.Throws<ShapeException>(() => new Conv1d(3, 2, 3, pad: 1) { PadMode = PadMode.Circular }.Forward(x)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => new AvgPool1d(3, 1, 1, countsPadding: false).Forward(x));
        Assert.Throws<ShapeException>(() => new GlobalMaxPool().Forward(x.Map(values => values.Reshape(2, 3, 2, 2))));
        Assert.Throws<ShapeException>(() => new Concat(new GlobalMaxPool(), new Sequential()).Forward(x));
    }

    [Fact]
    public void SeveralInputsAndOutputsGoInAndOut()
    {
        Pair pair = new();
        Tensor a = Tensor.Normal([2, 3], new Rng(1)), b = Tensor.Normal([2, 3], new Rng(2));
        MaskedTensor[] found = pair.Forward(a, b);
        Assert.Equal((a + b).ToArray<float>(), found[0].Values.ToArray<float>());
        Assert.Equal((a - b).ToArray<float>(), new Sequential(pair, new Last()).Forward([a, b])[0].Values.ToArray<float>());
        Assert.Equal((a - b).ToArray<float>(), new Sequential(pair, new Last()).Forward([a, b])[0].Values.ToArray<float>());
        Assert.Contains("2 inputs", Assert.Throws<ArgumentException>(() => new Linear(3, 2).Forward(a, b)).Message,
            StringComparison.Ordinal);
        Assert.Contains("2 outputs", Assert.Throws<InvalidOperationException>(() => new Twice().Forward(a)).Message,
            StringComparison.Ordinal);
        Assert.Contains("2 outputs", Assert.Throws<InvalidOperationException>(() => new Twice().Forward((MaskedTensor)a)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => pair.Forward());
        Assert.Throws<NotSupportedException>(() => new Nothing().Forward(a));
        Graph graph = Graph.Trace(arguments => [pair.Forward(arguments[0], arguments[1])[1].Values], a.Spec, b.Spec);
        Assert.Contains(graph.Scopes, scope => scope.Title.Contains("Pair", StringComparison.Ordinal));
    }

    /// <summary>A user's module that heeds masks.</summary>
    private sealed class Wrapped : Module
    {
        private readonly Module _inner;

        public Wrapped(Module inner) => Child(_inner = inner);

        protected override MaskedTensor OnForward(MaskedTensor x) => _inner.Forward(x);
    }

    private sealed class Careless : Module
    {
        private readonly Sequential _inner = [new GlobalMaxPool()];

        public Careless() => Child(_inner);

        protected override Tensor OnForward(Tensor x) => _inner.Forward(x);
    }

    private sealed class Pair : Module
    {
        protected override MaskedTensor[] OnForward(params ReadOnlySpan<MaskedTensor> inputs) =>
            [inputs[0].Values + inputs[1].Values, inputs[0].Values - inputs[1].Values];
    }

    private sealed class Last : Module
    {
        protected override MaskedTensor[] OnForward(params ReadOnlySpan<MaskedTensor> inputs) => [inputs[^1]];
    }

    private sealed class Twice : Module
    {
        protected override MaskedTensor[] OnForward(params ReadOnlySpan<MaskedTensor> inputs) => [inputs[0], inputs[0]];
    }

    private sealed class Nothing : Module;
}
