#:project ../src/Hebb/Hebb.csproj
// Sequences of unequal lengths: does a 3 come right before a 7? Batches are padded, and masks say which steps count, so that no result
// depends on the padding.
//   dotnet run samples/Sequences.cs
using Hebb;
using Hebb.Data;
using Hebb.Layers;
using Hebb.Optim;
using Hebb.Training;

Sequential net =
[
    new Embedding(10, 8), new Lambda(x => x.Permute(0, 2, 1), "channels first"),
    new Conv1d(8, 16, 3, pad: 1), new Relu(), new GlobalMaxPool(), new Linear(16, 2),
];
Numbers numbers = new(4000, first: 0);
DataLoader train = new(numbers, batchSize: 32,
    new DataLoaderOptions { Sampler = LengthBucketSampler.Of(numbers, 32, seed: 1), BucketLengths = [8, 16, 32] });
DataLoader test = new(new Numbers(1000, first: 4000), batchSize: 100, new DataLoaderOptions { BucketLengths = [8, 16, 32] });
Optimizer optimizer = new(net, new Adam(), learningRate: 0.01);
Trainer.Fit(net, TrainingTask.Classification, optimizer, train, null, new TrainingOptions { Epochs = 5 });
Console.WriteLine($"accuracy {Trainer.Evaluate(net, TrainingTask.Classification, test).Score:0.000}");

using NoGrad none = new();
Batch batch = test.Epoch(0).First();
Tensor together = net.Forward(batch.Inputs[0]).Values;
double most = 0;
for (int i = 0; i < batch.Count; i++)
{
    Tensor alone = net.Forward(batch.Input.Narrow(0, i, 1).Narrow(1, 0, (int)batch.Lengths("input")!.ToArray<long>()[i]));
    most = Math.Max(most, (together.Narrow(0, i, 1) - alone).Abs().Max().Item());
}
Console.WriteLine($"padded and alone differ by less than 0.00001: {most < 1e-5}");

/// <summary>Random digits, 3 to 30 of them; in every second sample a 3 and a 7 are put side by side.</summary>
internal sealed class Numbers(int count, int first) : IDataset
{
    public int Count => count;

    public IReadOnlyList<Field> Fields { get; } = [Field.Tokens(10).Sequence(longest: 30), Field.Classes(["no", "yes"])];

    public int Length(int sample, Field field) => new Random(first + sample).Next(3, 31);

    public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            Random random = new(first + samples[i]);
            Span<long> digits = into.Input<long>(i)[..random.Next(3, 31)];
            for (int t = 0; t < digits.Length; t++) digits[t] = random.Next(10);
            int at = random.Next(digits.Length - 1);
            if (samples[i] % 2 == 0) (digits[at], digits[at + 1]) = (3, 7);
            into.Target<long>(i)[0] = digits.IndexOf([3L, 7L]) >= 0 ? 1 : 0;
        }
    }
}
