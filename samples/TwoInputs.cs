#:project ../src/Hebb/Hebb.csproj
// A network with two inputs and two targets: from a picture and four measurements it tells a kind and a price.
//   dotnet run samples/TwoInputs.cs
using Hebb;
using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

Towers net = new();
TrainingTask task = new([(new CrossEntropyLoss(), 1), (new MseLoss(), 0.5)], () => new Accuracy());
DataLoader train = new(new Houses(2000, first: 0), batchSize: 64, new DataLoaderOptions { IsShuffled = true });
Trainer.Fit(net, task, new Optimizer(net, new Adam(), learningRate: 0.01), train, validation: null, new TrainingOptions { Epochs = 8 });
OutputMetric price = new(new RSquared(), output: 1, target: "price");
Evaluation found = Trainer.Evaluate(net, task, new DataLoader(new Houses(500, first: 2000), 100), also: price.Add);
Console.WriteLine($"kind: accuracy {found.Score:0.000}; {price.Name} {price.Value:0.000}");

/// <summary>Each input goes through layers of its own; both outputs read what they have in common.</summary>
internal sealed class Towers : Module
{
    private readonly Sequential _picture = [new Conv2d(1, 8, 3, pad: 1), new Relu(), new GlobalAvgPool()];
    private readonly Sequential _rooms = [new Linear(4, 16), new Relu()];
    private readonly Linear _kind = new(24, 2), _price = new(24, 1);

    public Towers() => _ = (Child(_picture), Child(_rooms), Child(_kind), Child(_price));

    protected override MaskedTensor[] OnForward(params ReadOnlySpan<MaskedTensor> inputs)
    {
        Tensor both = Tensor.Concat([_picture.Forward(inputs[0].Values), _rooms.Forward(inputs[1].Values)], 1);
        return [_kind.Forward(both), _price.Forward(both)];
    }
}

/// <summary>Made up as they are fetched: pictures with stripes along rows or columns, and a price that rooms and brightness make.</summary>
internal sealed class Houses(int count, int first) : IDataset
{
    public int Count => count;

    public IReadOnlyList<Field> Fields { get; } =
        [Field.Input([1, 8, 8], "picture"), Field.Input([4], "rooms"), Field.Classes(["-", "|"], "kind"), Field.Values(["EUR"], "price")];

    public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            Random random = new(first + samples[i]);
            bool isOfColumns = random.Next(2) == 1;
            float bright = random.NextSingle(), sum = 0;
            Span<float> picture = into.Span<float>("picture", i), rooms = into.Span<float>("rooms", i);
            for (int p = 0; p < 64; p++) picture[p] = (isOfColumns ? p : p / 8) % 2 == 0 ? bright : 0;
            for (int r = 0; r < 4; r++) sum += rooms[r] = random.NextSingle();
            into.Span<long>("kind", i)[0] = isOfColumns ? 1 : 0;
            into.Span<float>("price", i)[0] = sum + 2 * bright - 3;
        }
    }
}
