using System.CommandLine;
using Hebb.Data;
using Hebb.Files;

namespace Hebb.Cli;

/// <summary>hebb data list|path|sheet: the known data sets, where they are looked for, and what images of one look like.</summary>
internal sealed class DataCommand : ICommand
{
    private readonly Option<string?> _root = new("--data-root")
    {
        Description = "The folder with known data sets; the environment variable HEBB_DATA by default.",
        Recursive = true
    };

    private readonly Argument<string> _data = new("DATA") { Description = "A data set of images, by name or by its folder." };
    private readonly Option<string> _out = new("--out") { Description = "The PNG file to write.", Required = true };
    private readonly Option<(int, int)?> _size =
        SharedOptions.Size("For folders of images: the rows and columns to which all are resized, as in 28x28.");
    private readonly Option<int?> _images = SharedOptions.Number<int>("--images", "Images of each class, 12 by default.");
    private readonly Option<int?> _enlarge = SharedOptions.Number<int>("--enlarge", "Pixels across and down for each, 1 by default.");

    public Command Build()
    {
        Command list = new("list", "List the data sets known by name.");
        list.SetAction(parsed => List(parsed));
        Command path = new("path", "Print the folder in which data sets are looked for.");
        path.SetAction(parsed => PrintPath(parsed));
        Command sheet = new("sheet", "Write a picture of training images of each class.") { _data, _out, _size, _images, _enlarge };
        sheet.SetAction((parsed, cancellation) => Task.FromResult(Abandonable.Run(() => DrawSheet(parsed), cancellation)));
        return new Command("data", "Data sets.") { list, path, sheet, _root };
    }

    private string? Root(ParseResult parsed) => parsed.GetValue(_root) ?? DataArguments.DefaultRoot;

    private int List(ParseResult parsed)
    {
        string? root = Root(parsed);
        int width = DataCatalog.Entries.Max(entry => entry.Name.Length);
        foreach (DataEntry entry in DataCatalog.Entries)
        {
            string state = entry.Files.Count == 0 ? "built in" : entry.IsPresent(root) ? "present" : "absent";
            parsed.InvocationConfiguration.Output.WriteLine($"{entry.Name.PadRight(width)}  {state,-8}  {entry.Summary}");
        }
        return Tool.Done;
    }

    private int PrintPath(ParseResult parsed)
    {
        string root = Root(parsed)
            ?? throw new UsageException("No data root is set; set HEBB_DATA, or pass --data-root, to the folder that holds the data sets.");
        parsed.InvocationConfiguration.Output.WriteLine(Path.GetFullPath(root));
        return Tool.Done;
    }

    /// <summary>A row of images for each class.</summary>
    private int DrawSheet(ParseResult parsed)
    {
        const int most = 100;
        string name = parsed.GetValue(_data)!, path = parsed.GetValue(_out)!;
        int count = parsed.GetValue(_images) ?? 12, enlargement = parsed.GetValue(_enlarge) ?? 1;
        OutputFile.Require(_out.Name, path, "a sheet is drawn", [".png"]);
        Usage.Require(count is >= 1 and <= most, $"--images is {count}, but it must be from 1 to {most}.");
        Usage.Require(enlargement is >= 1 and <= most, $"--enlarge is {enlargement}, but it must be from 1 to {most}.");
        DataOptions options = new() { Root = Root(parsed), ImageSize = parsed.GetValue(_size), ImageFormats = Jpeg.Formats };
        const DataKind others = ScopedOptions.Tables | ScopedOptions.Texts;
        if ((DataCatalog.KindOf(name, options) & others) != 0
            || Usage.Of(() => DataCatalog.Load(name, options)) is not { Images: not null, Target.IsClass: true } data)
            throw new UsageException($"'{name}' holds no images in classes; name a set that does.");

        long[] classes = data.Train.Read<long>(Field.TargetName);
        int[] samples = [.. Enumerable.Range(0, data.Target.Width).SelectMany(one =>
            Enumerable.Range(0, classes.Length).Where(sample => classes[sample] == one).Take(count))];
        Shape shape = data.InputShape.Insert(0, samples.Length);
        Tensor images = Tensor.From<float>(data.Train.Read<float>(Field.InputName, samples), shape);
        Image sheet = Usage.Of(() => ImageSheet.Of(images, columns: count, enlargement: enlargement));
        Png.Write(path, sheet);
        parsed.InvocationConfiguration.Output.WriteLine($"{path}: {samples.Length} images of {name}, a row for each class.");
        return Tool.Done;
    }
}
