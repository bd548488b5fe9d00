using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Tests.Data;
using Hebb.Training;

namespace Hebb.Tests.Training;

public class SeveralTensorsTests
{
    private static readonly TrainingTask s_tags = new(new CrossEntropyLoss(), () => new Accuracy());

    private static Sequential Tagger() =>
        [new Embedding(100, 6), new Lambda(x => x.Permute(0, 2, 1)), new Conv1d(6, 8, 3, pad: 1), new Tanh(), new Conv1d(8, 2, 1)];

    private static (TrainingResult Result, float[] Weights) Fit(
        Module net, TrainingTask task, DataLoader loader, bool isEager, int pieces = 1)
    {
        List<string> notices = [];
        net.Initialize(4);
        TrainingResult result = Trainer.Fit(net, task, new Optimizer(net, new Adam(), 0.02), loader, loader,
            new TrainingOptions { Epochs = 5, IsEager = isEager, AccumulationSteps = pieces, Notice = notices.Add });
        Assert.Empty(notices);
        return (result, [.. net.Parameters().SelectMany(parameter => parameter.Detach().ToArray<float>())]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AMaskedModelWithATargetForEachStepTrainsCompiledAsEagerly(int pieces)
    {
        DataLoader loader = new(new First(new UnequalLengths(3, 9, 4, 1, 12, 7, 2, 5, 6, 8), "tokens", "tags", "weight"), 4,
            new DataLoaderOptions { IsShuffled = true, BucketLengths = [4, 8] });
        (TrainingResult compiled, float[] weights) = Fit(Tagger(), s_tags, loader, isEager: false, pieces);
        (TrainingResult eager, float[] eagerWeights) = Fit(Tagger(), s_tags, loader, isEager: true, pieces);
        Assert.Equal(eagerWeights, weights);
        Assert.Equal(eager.History.Select(epoch => (epoch.TrainLoss, epoch.TrainScore, epoch.ValidationLoss)),
            compiled.History.Select(epoch => (epoch.TrainLoss, epoch.TrainScore, epoch.ValidationLoss)));
        Assert.True(compiled.History[^1].TrainLoss < compiled.History[0].TrainLoss);
    }

    [Fact]
    public void TwoInputsAndTwoTargetsTrainCompiledAsEagerly()
    {
        DataLoader loader = new(new UnequalLengths(3, 9, 4, 1, 12, 7, 2, 5, 6, 8), 4);
        TrainingTask task = new(
            (outputs, batch) => new CrossEntropyLoss().Measure(outputs[0], batch["tags"], batch.Weights)
                + 0.1 * new MseLoss().Measure(outputs[1], batch["weight"].Unsqueeze(1)),
            () => new OutputMetric(new Accuracy(), 0, "tags"));
        (TrainingResult compiled, float[] weights) = Fit(new TwoOfEach(), task, loader, isEager: false);
        (TrainingResult eager, float[] eagerWeights) = Fit(new TwoOfEach(), task, loader, isEager: true);
        Assert.Equal(eagerWeights, weights);
        Assert.Equal(eager.History.Select(epoch => epoch.ValidationLoss), compiled.History.Select(epoch => epoch.ValidationLoss));
        Assert.Equal("tags accuracy", task.Score().Name);
    }

    [Fact]
    public void PaddingMovesNoMetricAndNoLoss()
    {
        Sequential net = Tagger();
        UnequalLengths set = new(3, 9, 4, 1, 12, 7);
        First tags = new(set, "tokens", "tags");
        TrainingTask summed = new(new CrossEntropyLoss { Reduction = Reduction.Sum }, () => new Accuracy());
        Evaluation alone = Trainer.Evaluate(net, summed, new DataLoader(tags, 1)),
            together = Trainer.Evaluate(net, summed, new DataLoader(tags, 6));
        Assert.Equal(alone.Score, together.Score, 1e-12);
        Assert.Equal(alone.Loss, together.Loss, 1e-5);
    }

    [Fact]
    public void WeightsOfSamplesCountInTheLoss()
    {
        Batch Make(float first) => new(
            ("x", FieldRole.Input, Tensor.From<float>([1, 2], [2, 1])), ("t", FieldRole.Target, Tensor.From<float>([0, 0], [2, 1])),
            ("w", FieldRole.SampleWeight, Tensor.From<float>(first, 1)));
        Sequential net = [new Identity()];
        foreach ((float weight, double expected) in new[] { (1f, 2.5), (0, 4), (3, 1.75) })
        {
            MaskedTensor[] outputs = Make(weight).Outputs(net);
            Assert.Equal(expected, TrainingTask.Regression.Measure(outputs, Make(weight)).Value.Item(), 1e-6);
        }
        TrainingTask two = new([(new MseLoss(), 1), (new MseLoss(), 1)], () => new RSquared());
        Assert.Throws<ShapeException>(() => two.Measure(Make(1).Outputs(net), Make(1)));
    }

    [Fact]
    public void ALossThatIsNotFiniteNamesTheTensorOfTheBatch()
    {
        foreach (bool isEager in (bool[])[true, false])
        {
            TwoOfEach net = new();
            DataLoader loader = new(new Broken(), 2);
            TrainingTask task = new((outputs, batch) => new MseLoss().Measure(outputs[1], batch["weight"].Unsqueeze(1)), () =>
                new OutputMetric(new Accuracy(), 0, "tags"));
            NonFiniteException error = Assert.Throws<NonFiniteException>(() =>
                Trainer.Fit(net, task, new Optimizer(net, new Adam()), loader, null,
                    new TrainingOptions { Epochs = 1, IsEager = isEager }));
            Assert.Contains("batch's features holds NaN", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void OnlySoManyPlansAreKept()
    {
        Sequential net = [new GlobalMaxPool()];
        PlanCache plans = new(net, GraphPasses.All, long.MaxValue);
        for (int length = 1; length <= PlanCache.Most + 10; length++)
        {
            Tensor[] x = [Tensor.Ones([1, 1, length])];
            BatchLayout layout = BatchLayout.Plain(1);
            Assert.Null(plans.Find(layout, x));
            plans.Add(Recorded.Of(layout, x, batch => new RecordedStep(null, null, [net.Forward(batch.Input)])), x);
        }
        Assert.Null(plans.Find(BatchLayout.Plain(1), [Tensor.Ones([1, 1, 10])]));
        Assert.NotNull(plans.Find(BatchLayout.Plain(1), [Tensor.Ones([1, 1, 11])]));
        Assert.NotNull(plans.Find(BatchLayout.Plain(1), [Tensor.Ones([1, 1, PlanCache.Most + 10])]));
    }

    /// <summary>Tags of tokens, and a number that features and tokens make together.</summary>
    private sealed class TwoOfEach : Module
    {
        private readonly Sequential _tags = Tagger(), _features = [new Conv1d(2, 4, 3, pad: 1), new Relu(), new GlobalAvgPool()];
        private readonly Linear _number = new(4, 1);

        public TwoOfEach() => _ = (Child(_tags), Child(_features), Child(_number));

        protected override MaskedTensor[] OnForward(params ReadOnlySpan<MaskedTensor> inputs) =>
            [_tags.Forward(inputs[0]), _number.Forward(_features.Forward(inputs[1].Map(x => x * 0.01)).Values)];
    }

    /// <summary>Some fields of another set.</summary>
    private sealed class First(IDataset whole, params string[] names) : IDataset
    {
        public int Count => whole.Count;

        public IReadOnlyList<Field> Fields { get; } = [.. names.Select(name => whole.Field(name))];

        public int Length(int sample, Field field) => whole.Length(sample, field);

        public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
        {
            for (int i = 0; i < samples.Length; i++)
            {
                foreach (Field field in Fields)
                {
                    if (field.DType == DType.Int64) whole.Read<long>(field.Name, [samples[i]]).CopyTo(into.Span<long>(field.Name, i));
                    else whole.Read<float>(field.Name, [samples[i]]).CopyTo(into.Span<float>(field.Name, i));
                }
            }
        }
    }

    private sealed class Broken : IDataset
    {
        private readonly UnequalLengths _whole = new(3, 4);

        public int Count => 2;

        public IReadOnlyList<Field> Fields => _whole.Fields;

        public int Length(int sample, Field field) => _whole.Length(sample, field);

        public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
        {
            _whole.Fill(samples, into);
            into.Span<float>("features", 0)[0] = float.NaN;
        }
    }
}
