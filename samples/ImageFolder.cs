#:project ../src/Hebb/Hebb.csproj
// A data set of your own: PNG images in a folder for each class, read as they are asked for.
//   dotnet run samples/ImageFolder.cs -- FOLDER
using Hebb;
using Hebb.Data;
using Hebb.Files;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Training;

string folder = args is [string given] ? given : Drawn();
ImageFolder images = new(folder, side: 16);
Split split = Splits.Stratified(images.Classes, seed: 0);
DataLoader train = new(new Subset(images, split.Train), batchSize: 16, new DataLoaderOptions { IsShuffled = true }),
    test = new(new Subset(images, split.Test), batchSize: 50);
Module net = ReadyModels.Build("conv3-8 relu pool2 conv3-16 relu gap fc", images.InputShape, images.Target.Width);
Trainer.Fit(net, TrainingTask.Classification, new Optimizer(net, new Adam(), learningRate: 0.01), train, null,
    new TrainingOptions { Epochs = 8 });
Console.WriteLine($"{images.Count} images of {string.Join(" and ", images.Target.Names)}: accuracy "
    + $"{Trainer.Evaluate(net, TrainingTask.Classification, test).Score:0.00} on {split.Test.Length} for testing");
if (args.Length == 0) Directory.Delete(folder, recursive: true);

// 100 squares and 100 crosses, for want of a folder.
static string Drawn()
{
    string root = Directory.CreateTempSubdirectory("images").FullName;
    for (int i = 0; i < 200; i++)
    {
        Random random = new(i);
        (int x, int y, int half) = (random.Next(5, 11), random.Next(5, 11), random.Next(2, 5));
        byte[] pixels = new byte[16 * 16];
        for (int d = -half; d <= half; d++)
        {
            (int, int)[] points = i % 2 == 0 ? [(x + d, y - half), (x + d, y + half), (x - half, y + d), (x + half, y + d)]
                : [(x + d, y), (x, y + d)];
            foreach ((int px, int py) in points) pixels[py * 16 + px] = 255;
        }
        string of = Directory.CreateDirectory(Path.Combine(root, i % 2 == 0 ? "square" : "cross")).FullName;
        Png.Write(Path.Combine(of, $"{i}.png"), new Image(16, 16, 1, pixels));
    }
    return root;
}

/// <summary>The images of the folders below a folder, whose names are the classes.</summary>
internal sealed class ImageFolder : IDataset
{
    private readonly (string Path, int Class)[] _files;
    private readonly ImageEncoding _encoding;

    public ImageFolder(string folder, int side)
    {
        string[] classes = [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)];
        _files = [.. classes.SelectMany(
            (path, i) => Directory.EnumerateFiles(path, "*.png").Order(StringComparer.Ordinal).Select(file => (file, i)))];
        _encoding = new ImageEncoding(Channels: 1, Height: side, Width: side, Levels: 255, new Scaler([127.5], [127.5]));
        Fields = [Field.Input(_encoding.Shape), Field.Classes([.. classes.Select(path => Path.GetFileName(path))])];
    }

    public int Count => _files.Length;

    public int[] Classes => [.. _files.Select(file => file.Class)];

    public IReadOnlyList<Field> Fields { get; }

    public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            (string path, int label) = _files[samples[i]];
            into.Target<long>(i)[0] = label;
            if (into.Wants(Field.InputName)) _encoding.Encode(Png.Read(path), into.Input<float>(i), fit: true);
        }
    }
}
