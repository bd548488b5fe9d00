using Hebb.Data;
using Hebb.Diagnostics;
using Hebb.Files;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Sizes;

/// <summary>Layers, data, schedules and reports take any numbers: they give a result or refuse in a sentence.</summary>
public class HostileLayerTests
{
    private static readonly Shape s_image = [1, 2, 5, 5];

    private static readonly Dictionary<string, Action<Draw>> s_calls = new()
    {
        ["Linear"] = d => On([2, 3], new Linear(d.Size(), d.Size())),
        ["Maxout"] = d => On([2, 3], new Maxout(d.Size(), d.Size(), d.Any())),
        ["MaskedLinear.Random"] = d => On([2, 3], MaskedLinear.Random(d.Size(), d.Size(), d.Any())),
        ["MaskedLinear.Windows"] = d => On([2, 3], MaskedLinear.Windows(d.Size(), d.Size(), d.Any(), d.Any())),
        ["MaskedLinear.Clusters"] = d => On([2, 3], MaskedLinear.Clusters(d.Size(), [[d.Any()], [0, 1]])),
        ["HierarchicalSoftmax.Balanced"] =
            d => HierarchicalSoftmax.Balanced(d.Few(), d.Size() is var size && size > 3 ? int.MaxValue : size),
        ["HierarchicalSoftmax.Huffman"] = d => HierarchicalSoftmax.Huffman(d.Any(), [d.Long(), d.Long(), d.Long()]),
        ["ShapedLinear"] = d => new ShapedLinear(d.Shape(), d.Shape()),
        ["Embedding"] = d => On([2, 3], new Embedding(d.Size(), d.Size(), d.Any())),
        ["EmbedColumns"] = d => new EmbedColumns(d.Any(), (d.Any(), d.Size(), d.Size()), (d.Any(), d.Size(), d.Size())),
        ["EmbedColumns of wide rows"] = d => _ = new EmbedColumns(int.MaxValue, (d.Few(), 1, 3), (5 + d.Few(), 1, 3)).OutputWidth,
        ["Conv1d"] = d => On([1, 2, 5], new Conv1d(2, d.Few(), d.Few(), d.Any(), d.Any(), d.Any(), d.Any())),
        ["Conv2d"] = d => On(s_image, new Conv2d(2, d.Few(), d.Few(), d.Any(), d.Any(), d.Any(), d.Any())),
        ["Conv2d of any size"] = d => On(s_image, new Conv2d(d.Size(), d.Size(), d.Size())),
        ["a strict Conv2d"] =
            d => On(s_image, new Conv2d(2, 1, d.Few(), d.Any(), d.Any(), d.Any()) { IsStrict = true, PadMode = PadMode.Edge }),
        ["Conv3d"] = d => On([1, 2, 3, 3, 3], new Conv3d(2, d.Few(), d.Few(), d.Any(), d.Any(), d.Any(), d.Any())),
        ["ConvTranspose1d"] = d => On([1, 2, 5], new ConvTranspose1d(2, d.Few(), d.Few(), d.Any(), d.Any(), d.Any(), d.Any(), d.Any())),
        ["ConvTranspose3d"] =
            d => On([1, 2, 2, 2, 2], new ConvTranspose3d(2, d.Few(), d.Few(), d.Any(), d.Any(), d.Any(), d.Any(), d.Any())),
        ["LocallyConnected2d"] =
            d => On(s_image, new LocallyConnected2d(d.Size(), d.Size(), (d.Any(), d.Any()), d.Any(), d.Any(), d.Any())),
        ["pools"] = d => On([1, 2, 5], new MaxPool1d(d.Any(), d.Any(), d.Any())),
        ["average pools"] = d => On([1, 2, 3, 3, 3], new AvgPool3d(d.Any(), d.Any(), d.Any())),
        ["masked pools"] = d => _ = new AvgPool1d(d.Any(), d.Any(), d.Any())
            .Forward(new MaskedTensor(Tensor.Ones([1, 2, 5]), Tensor.Ones([1, 5], DType.Bool))),
        ["NormPool2d"] = d => On(s_image, new NormPool2d(d.Any(), d.Any())),
        ["AdaptiveAvgPool2d"] = d => On(s_image, new AdaptiveAvgPool2d(d.Any(), d.Any())),
        ["AdaptiveMaxPool2d"] = d => On(s_image, new AdaptiveMaxPool2d(d.Any(), d.Any())),
        ["BatchNorm2d"] = d => On(s_image, new BatchNorm2d(d.Size())),
        ["GroupNorm"] = d => On(s_image, new GroupNorm(d.Any(), d.Size())),
        ["LayerNorm"] = d => On(s_image, new LayerNorm(d.Shape())),
        ["PRelu"] = d => On(s_image, new PRelu(d.Size())),
        ["PositionBias"] = d => On(s_image, new PositionBias(d.Shape())),
        ["Softmax"] = d => On(s_image, new Softmax(d.Any())),
        ["Flatten"] = d => On(s_image, new Flatten(d.Any(), d.Any())),
        ["Reshape"] = d => On(s_image, new Hebb.Layers.Reshape(d.Several(9))),
        ["Concat"] = d => On(s_image, new Hebb.Layers.Concat(d.Any(), new Identity(), new Identity())),
        ["ConvSizes.Output"] = d => ConvSizes.Output(d.Any(), d.Any(), d.Any(), d.Any(), d.Any(), d.Few() > 2),
        ["ConvSizes.SamePad"] = d => _ = ConvSizes.SamePad(d.Any(), d.Any()) + ConvSizes.SamePad(d.Any(), d.Any(), d.Any(), d.Any()),
        ["ConvSizes.Transposed"] = d => ConvSizes.Transposed(d.Any(), d.Any(), d.Any(), d.Any(), d.Any(), d.Any()),
        ["ConvSizes.ReceptiveField"] = d => ConvSizes.ReceptiveField((d.Any(), d.Any()), (d.Any(), d.Any()), (d.Any(), d.Any())),
        ["WindowAlong"] = d => _ = new Conv2d(1, 1, d.Few(), d.Any(), d.Any(), d.Any()).WindowAlong(d.Any()),
        ["TextCnn"] = d => _ = new TextCnn(d.Size(), d.Size(), new TextCnnOptions { Features = d.Size(), Widths = [d.Few()] }, d.Any()),
        ["ModelSummary"] = d => ModelSummary.Of(new Linear(3, 2), [3], d.Size()),
        ["HiddenUnits"] = d => _ = new HiddenUnits(d.Any(), d.Any()) is var h && h.Limit > 0 && h.TwoThirds > 0,
        ["ImageSheet"] = d => ImageSheet.Of(Tensor.Ones([2, 3, 3]), d.Any(), d.Any(), d.Any()),
        ["Image"] = d => _ = new Image(d.Any(), d.Any(), d.Any(), new byte[d.Few()]),
        ["Image.Resize"] = d => new Image(1, 2, 3, new byte[6]).Resize(d.Size(), d.Size()),
        ["CutOut"] = d => new CutOut(d.Any()).Change(new float[8], [2, 2, 2], new SampleRandom(0, d.Any(), d.Any())),
        ["RandomShift"] = d => new RandomShift(d.Any()).Change(new float[8], [2, 2, 2], new SampleRandom(0, 1, 2)),
        ["ElasticDistortion"] = d => new ElasticDistortion(1, d.Any()).Change(new float[8], [2, 2, 2], new SampleRandom(0, 1, 2)),
        ["an augmentation of another shape"] = d => new RandomFlip(1, 1).Change(new float[d.Few()], d.Shape(), new SampleRandom(0, 1, 2)),
        ["SampleRandom.Whole"] = d => _ = new SampleRandom(0, 1, 2).Whole(d.Any(), d.Any()),
        ["DataLoader"] =
            d => _ = new DataLoader(Synthetic.Line(7), d.Any(), new DataLoaderOptions { Ahead = d.Any() }).Epoch(d.Any(), d.Any()).Count(),
        ["SequentialSampler"] = d => _ = new SequentialSampler(d.Any()).Count,
        ["a loader over a sampler"] =
            d => new DataLoader(Synthetic.Line(7), d.Few(), new DataLoaderOptions { Sampler = new SequentialSampler(d.Size()) })
                .Epoch(0).Count(),
        ["ShuffledSampler"] = d => new ShuffledSampler(d.Any(), 0).Fill(d.Any(), new int[d.Few()]),
        ["WeightedSampler"] =
            d => WeightedSampler.Even(d.Size() is var n && n > 65536 ? int.MaxValue : n, 0, d.Any()).Fill(d.Any(), new int[d.Few()]),
        ["LengthBucketSampler"] = d => new LengthBucketSampler([1, 2, 3, 4, 5], d.Any(), 0, d.Any()).Fill(d.Any(), new int[5]),
        ["a sampler's order of another length"] = d => new LengthBucketSampler([1, 2, 3], 2, 0).Fill(0, new int[d.Few()]),
        ["Splits"] = d => _ = Splits.ThreeWay(Count(d), 0).Train.Length + Splits.Tail(d.Few() - 1, 0.5).Later.Length,
        ["Splits.KFold"] = d => Splits.KFold(Count(d), d.Few() > 1 ? 2 : Count(d), 0),
        ["Subset"] = d => _ = new Subset(Synthetic.Line(3), d.Several()),
        ["reading samples"] = d => Synthetic.Line(3).Read<float>("input", d.Several()),
        ["Synthetic.Spirals"] = d => Synthetic.Spirals(Count(d), 0, Count(d)),
        ["Synthetic.Blobs"] = d => Synthetic.Blobs(Count(d), 0, Count(d)),
        ["Synthetic tables"] =
            d => _ = Synthetic.Ratings(Count(d)).Count + Synthetic.Diets(Count(d)).Count + Synthetic.Dose(Count(d)).Count,
        ["Synthetic lines"] =
            d => _ = Synthetic.Line(Count(d)).Count + Synthetic.Prototypes(Count(d)).Count + Synthetic.Moons(Count(d)).Count,
        ["Synthetic.Parity"] = d => _ = Synthetic.Parity(d.Any()).Count + Synthetic.ConsecutiveOnes(d.Any()).Count,
        ["DrawnShapes"] = d => DrawnShapes.DrawColors(0, Count(d), d.Any()),
        ["StrokeDigits"] = d => StrokeDigits.Draw(0, d.Any(), Count(d)),
        ["Patterns.RandomSigns"] = d => Patterns.RandomSigns(d.Size(), d.Size()),
        ["VectorDataset"] = d => VectorDataset.OfValues(d.Shape(), new float[d.Few()], new float[d.Few()], "y"),
        ["ImageEncoding"] = d => _ = new ImageEncoding(d.Any(), d.Any(), d.Any(), d.Any(), Scaler.Identity(1)).Shape,
        ["ImageEncoding.Fit"] = d => ImageEncoding.Fit(new byte[12], [0, d.Few()], d.Any(), d.Any(), d.Any(), d.Any()),
        ["Scaler"] = d => _ = Scaler.Identity(d.Size()).Transform(1, d.Any()),
        ["Scaler.Fit"] = d => _ = Scaler.FitStandard(new double[6], d.Any()).Width + Scaler.FitMinMax(new double[6], d.Any()).Width,
        ["Field.Sequence"] = d => Field.Input(d.Shape()).Sequence(d.Any()),
        ["TargetBins"] = d => _ = TargetBins.EqualWidth([1, 2, 3], Count(d)).CenterOf(d.Any()),
        ["Vocabulary"] = d => Vocabulary.Of([["a", "b"]], d.Any(), d.Any(), hasPadding: true).EncodeBatch([["a"], ["b", "c"]], d.Any()),
        ["TextEncoding"] = d => new TextEncoding(new WordTokenizer(), new Vocabulary(["a"], true), d.Any()).Encode(["a b"]),
        ["schedules"] = d => _ = new OneCycle(1, d.Long()).At(d.Long()) + new CosineRestarts(1, d.Long(), d.Any()).At(d.Long())
            + new StepDecay(1, d.Long()).At(d.Long()) + new WarmUp(d.Long(), new CosineDecay(1, d.Long())).At(d.Long())
            + new PolynomialDecay(1, d.Long()).At(d.Long()) + new MilestoneDecay(1, [d.Long(), d.Long()]).At(d.Long())
            + new ScheduleSequence(new ConstantLearningRate(1), (new ExponentialDecay(1, 0.5), d.Long())).At(d.Long()),
        ["WeightAverage"] = d => WeightAverage.Stochastic(d.Long(), d.Long()),
        ["TopAccuracy"] = d => new TopAccuracy(d.Any()).Add(Tensor.Ones([2, 3]), Tensor.From(d.Long(), d.Long())),
        ["ConfusionMatrix"] = d =>
        {
            ConfusionMatrix matrix = new();
            matrix.Add(Tensor.Ones([2, 3]), Tensor.From(d.Long(), d.Long()));
            _ = matrix.Precision(d.Any()) + matrix.Recall(d.Any());
        },
        ["callbacks"] = d => _ = (new EarlyStopping(d.Any()), new PlateauDecay(0.5, d.Any()), new AdaptiveLearningRate(window: d.Any())),
        ["accumulated steps"] = d =>
        {
            Linear model = new(1, 1);
            _ = Compiled.Step(model, new Optimizer(model, new Sgd()), (x, y) => (x - y).Square().Mean(), accumulationSteps: d.Any())
                .Run(Tensor.Ones([2, 1]), Tensor.Ones([2, 1]));
        },
        ["profiles"] = d => Compiled.Infer(new Linear(1, 1)).Profile(d.Size() > 3 ? 0 : d.Few(), Tensor.Ones([1, 1])),
        ["Architecture"] = d => Architecture.Parse($"conv{d.Size()} pool{d.Size()} {d.Size()}").Build([1, 8, 8], d.Size()),
        ["TypedArray"] = d => TypedArray.From<float>(new float[d.Few()], d.Several()),
    };

    public static TheoryData<string> Names => [.. s_calls.Keys];

    [Theory, MemberData(nameof(Names))]
    public void AnyNumbersGiveAResultOrAreRefusedInASentence(string name) => Hostile.Try(name, s_calls[name], times: 150);

    [Fact]
    public void StepsOfAllEpochsAreCountedIn64Bits()
    {
        DataBundle data = new("line", Synthetic.Line(8), Synthetic.Line(2), Synthetic.Line(2));
        Recipe recipe = new("1", int.MaxValue, 1, "sgd", 0.1);
        Watcher watcher = new();
        ExperimentResult result = new Experiment(data, recipe, new Linear(1, 1)).Run(watcher);
        // So long a cycle has hardly begun.
        Assert.Equal(0.1 / 25, result.History[0].LearningRate, 1e-9);
        Assert.Equal("enough", result.StopReason);
    }

    [Fact]
    public void TimeThatNoClockHoldsIsTheLongest()
    {
        Linear model = new(1, 1);
        TrainingOptions options = new() { Epochs = int.MaxValue, Callbacks = [new Watcher()] };
        List<TrainingProgress> seen = [];
        Trainer.Fit(model, TrainingTask.Regression, new Optimizer(model, new Sgd()), new DataLoader(Synthetic.Line(2000), 1), null, options,
            new Progress(seen));
        Assert.All(seen, progress => Assert.True(progress.Remaining > TimeSpan.Zero));
    }

    [Fact]
    public void SizesOfConvolutionsAreComputedIn64Bits()
    {
        Assert.Equal(int.MaxValue, ConvSizes.Output(int.MaxValue, 1));
        const int most = 1 << 24;
        Assert.Equal(0, ConvSizes.Output(5, most));
        Assert.Equal(128, ConvSizes.Output(int.MaxValue, 2, most));
        string message = Assert.Throws<ArgumentException>(() => ConvSizes.Output(int.MaxValue, 1, pad: most)).Message;
        Assert.Contains("2181038079 positions of a window", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => ConvSizes.Output(5, int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConvSizes.Output(5, 2, dilation: most));
        Assert.Equal(5, ConvSizes.Transposed(3, 3));
        Assert.Throws<ArgumentException>(() => ConvSizes.Transposed(int.MaxValue, 2, 2));
    }

    private static int Count(Draw d) => d.Size() is var n && n > 3 ? int.MaxValue : n;

    private static void On(Shape shape, Module layer) =>
        _ = layer.Forward(Tensor.Ones(shape, layer is Embedding ? DType.Int64 : DType.Float32));

    private sealed class Watcher : ICallback
    {
        public void OnEpoch(TrainingState state) => state.Stop("enough");
    }

    private sealed class Progress(List<TrainingProgress> seen) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => seen.Add(value);
    }
}
