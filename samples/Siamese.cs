#:project ../src/Hebb/Hebb.csproj
// A siamese pair: one encoder sees two drawn digits, and their distance tells whether both are the same digit.
//   dotnet run samples/Siamese.cs
using Hebb;
using Hebb.Data;
using Hebb.Layers;
using Hebb.Optim;
using Hebb.Training;

DataBundle digits = DataCatalog.Load("digits");
Siamese net = new();
net.Initialize(seed: 1);
DataLoader train = new(new Pairs(digits.Validation, 10000), batchSize: 64, new DataLoaderOptions { IsShuffled = true }),
    test = new(new Pairs(digits.Test, 1000), batchSize: 100);
Trainer.Fit(net, TrainingTask.Binary, new Optimizer(net, new Adam(), learningRate: 0.001), train, null, new TrainingOptions { Epochs = 3 });
Console.WriteLine($"same or not: accuracy {Trainer.Evaluate(net, TrainingTask.Binary, test).Score:0.00}");

/// <summary>y = b + Σ wᵢ (f(x₁) - f(x₂))ᵢ² with one encoder f.</summary>
internal sealed class Siamese : Module
{
    private readonly Sequential _encoder = [new Flatten(), new Linear(784, 128), new Relu(), new Linear(128, 32)];
    private readonly Linear _isSame = new(32, 1);

    public Siamese() => _ = (Child(_encoder), Child(_isSame));

    protected override MaskedTensor[] OnForward(params ReadOnlySpan<MaskedTensor> inputs) =>
        [_isSame.Forward((_encoder.Forward(inputs[0].Values) - _encoder.Forward(inputs[1].Values)).Square())];
}

/// <summary>Pairs out of another set, half of them of one class.</summary>
internal sealed class Pairs(IDataset whole, int count) : IDataset
{
    private readonly float[] _images = whole.Read<float>(Field.InputName);
    private readonly long[] _classes = whole.Read<long>(Field.TargetName);

    public int Count => count;

    public IReadOnlyList<Field> Fields { get; } =
        [Field.Input(whole.InputShape, "left"), Field.Input(whole.InputShape, "right"), Field.Values(["same"])];

    public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
    {
        int size = whole.InputShape.Count;
        for (int i = 0; i < samples.Length; i++)
        {
            Random random = new(samples[i]);
            int left = random.Next(whole.Count), right = random.Next(whole.Count);
            while (samples[i] % 2 == 0 && _classes[left] != _classes[right]) right = random.Next(whole.Count);
            _images.AsSpan(left * size, size).CopyTo(into.Span<float>("left", i));
            _images.AsSpan(right * size, size).CopyTo(into.Span<float>("right", i));
            into.Target<float>(i)[0] = _classes[left] == _classes[right] ? 1 : 0;
        }
    }
}
