using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Training;

/// <summary>The loss of an epoch is that of all its samples as one batch, whatever a batch's own mean divides by.</summary>
public class EpochLossTests
{
    private const int Samples = 29;

    /// <summary>Losses that divide by something of their own.</summary>
    public static TheoryData<string, bool> Cases =>
        [.. from name in s_tasks.Keys from isEager in (bool[])[false, true] select (name, isEager)];

    private static readonly Dictionary<string, TrainingTask> s_tasks = new()
    {
        ["ignored"] = new(new CrossEntropyLoss(), () => new Accuracy()),
        ["class weights"] = new(new CrossEntropyLoss { ClassWeights = Tensor.From<float>(1, 0.1f, 20) }, () => new Accuracy()),
        ["sum"] = new(new CrossEntropyLoss { Reduction = Reduction.Sum }, () => new Accuracy()),
        ["samples"] = new(new CrossEntropyLoss { Reduction = Reduction.MeanOverSamples }, () => new Accuracy()),
        ["function"] = new((output, target) => new CrossEntropyLoss { Reduction = Reduction.MeanOverSamples }.Forward(output, target), () =>
            new Accuracy()),
        ["several"] = new(
            (outputs, batch) => new CrossEntropyLoss().Measure(outputs[0], batch.Target, batch.Weights)
                + 0.3 * new MseLoss { Reduction = Reduction.Sum }.Measure(outputs[0], batch["other"])
                + 0.2 * new L1Loss().Measure(outputs[0], batch["other"]),
            () => new Accuracy()),
    };

    [Theory, MemberData(nameof(Cases))]
    public void ItDoesNotDependOnTheSizeOfBatches(string name, bool isEager)
    {
        Sequential net = [new Linear(4, 5), new Tanh(), new Linear(5, 3)];
        TrainingTask task = s_tasks[name];
        // Most batches of the first samples hold nothing that counts.
        double whole = new Evaluator(net, task, isEager).Run(new DataLoader(new Points(), Samples)).Loss;
        Assert.True(double.IsFinite(whole));
        foreach (int size in (int[])[1, 4, 10, 28])
        {
            Evaluation found = new Evaluator(net, task, isEager).Run(new DataLoader(new Points(), size));
            Assert.Equal(whole, found.Loss, 1e-5 * Math.Abs(whole));
            // The rate is so small that the weights of later batches are those of the first.
            Sequential copy = (Sequential)net.Clone();
            TrainingResult result = Trainer.Fit(
                copy, task, new Optimizer(copy, new Sgd(), 1e-12), new DataLoader(new Points(), size), validation: null,
                new TrainingOptions { Epochs = 1, IsEager = isEager });
            Assert.Equal(whole, result.History[0].TrainLoss, 1e-5 * Math.Abs(whole));
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void ABatchOfWhichNothingCountsChangesNothing(bool isEager)
    {
        Sequential net = [new Linear(4, 3), new BatchNorm1d(3), new Linear(3, 3)];
        byte[][] before = Bytes();
        Subset first = new(new Points(), [0, 1, 2, 3]);
        TrainingResult result = Trainer.Fit(
            net, TrainingTask.Classification, new Optimizer(net, new Adam()), new DataLoader(first, 2), validation: null,
            new TrainingOptions { Epochs = 1, IsEager = isEager });
        Assert.Equal(before, Bytes());
        Assert.True(double.IsNaN(result.History[0].TrainLoss));
        CompiledStep step = Compiled.Step(net, new Optimizer(net, new Adam()), TrainingTask.Classification);
        Batch batch = new DataLoader(first, 4).Epoch(0).Single();
        Assert.True(double.IsNaN(step.Run(batch)));
        Assert.Contains("nothing of the batch counts", step.Explain(batch)!.Message, StringComparison.Ordinal);

        byte[][] Bytes() => [.. net.StateDict().Values.Select(CompiledStepTests.Bytes)];
    }

    /// <summary>Points whose first classes are mostly ignored.</summary>
    private sealed class Points : IDataset
    {
        public int Count => Samples;

        public IReadOnlyList<Field> Fields { get; } =
            [Field.Input([4]), Field.Classes(["a", "b", "c"]), Field.Values(["u", "v", "w"], "other"), Field.Weight()];

        public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
        {
            for (int i = 0; i < samples.Length; i++)
            {
                int k = samples[i];
                Random random = new(k);
                foreach (ref float x in into.Input<float>(i)) x = random.NextSingle() - 0.5f;
                into.Target<long>(i)[0] = k < 10 && k != 5 ? -100 : k * k % 3;
                foreach (ref float y in into.Span<float>("other", i)) y = random.NextSingle();
                into.Span<float>("weight", i)[0] = k % 4;
            }
        }
    }
}
