#:project ../src/Hebb/Hebb.csproj
// Trains LeNet on digits that the program draws itself, evaluates it, saves it and reads it back.
//   dotnet run samples/Digits.cs -- --epochs 3 --images 10000 --save digits.safetensors
using Hebb;
using Hebb.Data;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Training;

int epochs = int.Parse(Option("--epochs", "3")), images = int.Parse(Option("--images", "10000"));
string path = Option("--save", Path.GetTempFileName());

DataBundle data = DataCatalog.Load("digits");
images = Math.Min(images, data.Train.Count);
Subset chosen = new(data.Train, [.. Enumerable.Range(0, images)]);
DataLoader train = new(chosen, batchSize: 64, new DataLoaderOptions { IsShuffled = true, Seed = 1 });
DataLoader validation = new(data.Validation, batchSize: 256), test = new(data.Test, batchSize: 256);

Module net = ReadyModels.Build("lenet", data.InputShape, outputs: 10);
net.Initialize(seed: 1);
Optimizer optimizer = new(net, new Adam());
Lines lines = new();
TrainingOptions options = new()
{
    Epochs = epochs,
    Schedule = new OneCycle(3e-3, epochs * train.BatchCount),
    Callbacks = [new KeepBest(), lines],
};
Console.WriteLine($"{images} images, {net.ParameterCount} parameters");
Trainer.Fit(net, TrainingTask.Classification, optimizer, train, validation, options, progress: lines);

Evaluation found = Trainer.Evaluate(net, TrainingTask.Classification, test);
Console.WriteLine($"test: loss {found.Loss:0.0000}, accuracy {found.Score:0.000} of {found.Count} images");

net.Save(path);
Module copy = ReadyModels.Build("lenet", data.InputShape, outputs: 10);
copy.Load(path);
Evaluation again = Trainer.Evaluate(copy, TrainingTask.Classification, test);
Console.WriteLine($"saved and read back: {(again == found ? "the same loss and accuracy, bit for bit" : "other results")}");
if (!args.Contains("--save")) File.Delete(path);

string Option(string name, string otherwise)
{
    int at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : otherwise;
}

/// <summary>Prints a line every 50 batches and after every epoch.</summary>
internal sealed class Lines : ICallback, IProgress<TrainingProgress>
{
    public void Report(TrainingProgress at)
    {
        if (at.Batch % 50 != 0) return;
        Console.WriteLine($"  batch {at.Batch} of {at.Batches}: loss {at.Loss:0.0000}, {at.SamplesPerSecond:0} images a second");
    }

    public void OnEpoch(TrainingState state)
    {
        EpochRecord epoch = state.Last;
        Console.WriteLine($"epoch {epoch.Epoch}: loss {epoch.TrainLoss:0.0000}, validation accuracy {epoch.ValidationScore:0.000}");
    }
}
