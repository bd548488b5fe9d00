using Hebb.Files;

namespace Hebb.Data;

/// <summary>Images with their classes, as the folders of a folder hold them, on their way to a parted set.</summary>
/// <param name="Kind">The folder's name, the images' one size, and the classes.</param>
/// <param name="Pixels">All images, each [channels, height, width].</param>
/// <param name="Classes">The class of each.</param>
internal sealed record LabeledImages(ImageBundle Kind, byte[] Pixels, byte[] Classes)
{
    private const int MostClasses = 256;

    /// <summary>What was assumed, or is odd.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Whether there is an image in a folder or in a folder of it.</summary>
    public static bool AreIn(string folder, ImageFormats formats)
    {
        DataFolder all = new(folder);
        return all.Files.Concat(all.Folders.SelectMany(path => new DataFolder(path).Files)).Any(formats.Knows);
    }

    /// <summary>
    /// A folder with a folder of images for each class, classes and files in ordinal order. All are in color if one is, and of one size
    /// unless the options or their model name a size.
    /// </summary>
    public static LabeledImages OfFolder(string folder, DataOptions options)
    {
        DataFolder all = new(folder);
        DataFolder[] classes = [.. all.Folders.Select(path => new DataFolder(path))];
        RequireClasses(all, options.ImageFormats);
        Rgb background = options.Background ?? options.Images?.Background ?? Rgb.White;
        (int Height, int Width)? size = Size(options);
        List<Image> images = [];
        List<string> files = [];
        List<byte> labels = [];
        long bytes = 0;
        for (int label = 0; label < classes.Length; label++)
        {
            foreach (string file in ClassFiles(classes[label], options.ImageFormats))
            {
                Image image = options.ImageFormats.Read(file).Over(background);
                if (size is { } wanted && (image.Height, image.Width) != wanted) image = image.Resize(wanted.Width, wanted.Height);
                RequireSize(file, image, images.Count > 0 ? images[0] : image);
                images.Add(image);
                files.Add(file);
                labels.Add((byte)label);
                if ((bytes += image.Samples.Length) > Array.MaxLength) throw TooLarge(folder);
            }
        }

        int channels = options.Images?.Channels ?? images.Max(image => image.Channels);
        string[] names = [.. classes.Select(one => Path.GetFileName(one.Path))];
        ImageBundle kind = new(folder, channels, images[0].Height, images[0].Width, 255, names);
        return new LabeledImages(kind, Planes(folder, images, channels), [.. labels])
        {
            Notices = [.. DataFolder.Notices(folder, [all, .. classes]), .. OfColors(folder, images, files, options.Images?.Channels)],
        };
    }

    /// <summary>Says it if images become colored, or gray, to be like the others or as a model takes them.</summary>
    private static IEnumerable<string> OfColors(string folder, List<Image> images, List<string> files, int? model)
    {
        int colored = images.Count(image => image.Channels == 3), gray = images.Count - colored;
        bool areColored = model is { } channels ? channels == 1 : colored <= gray; // those that are unlike the others or the model
        int count = areColored ? colored : gray;
        if (count == 0 || (model is null && count == images.Count)) yield break;
        string first = files[images.FindIndex(image => image.Channels == 3 == areColored)];
        yield return $"'{folder}': {count} of {images.Count} images, such as '{first}', {(count == 1 ? "is" : "are")} "
            + $"{(areColored ? "in color" : "gray")}, unlike {(model is null ? "the others" : "those of the training")}, so "
            + $"{(model == 1 ? "they become gray" : "gray ones become colored")}; "
            + "make all alike, as what tells a class by that tells nothing of the pictures.";
    }

    /// <summary>Parts the images by class, and encodes them as the options say or by what is fitted to the training part.</summary>
    public DataBundle Part(DataOptions options)
    {
        Split split = Splits.Stratified(Array.ConvertAll(Classes, label => (int)label), options.SplitSeed);
        ImageEncoding encoding = Kind.Encoding(Pixels, split.Train, options);
        ImageDataset all = new(Pixels, Classes, Kind.Classes, encoding);
        return new DataBundle(Kind.Name, new Subset(all, split.Train), new Subset(all, split.Validation), new Subset(all, split.Test))
        {
            Images = encoding,
            Notices = Notices,
        };
    }

    /// <summary>The size to which images are resized; null if they are to have one size.</summary>
    private static (int Height, int Width)? Size(DataOptions options)
    {
        if (options.Images is { } model) return model.Resizes ? (model.Height, model.Width) : null;
        return options.ImageSize is { Height: >= 1 and <= ImageEncoding.MaxSide, Width: >= 1 and <= ImageEncoding.MaxSide } or null
            ? options.ImageSize
            : throw new ArgumentException($"Images of {options.ImageSize.Value.Height} rows and {options.ImageSize.Value.Width} columns "
                + $"were asked for; name 1 to {ImageEncoding.MaxSide} of each.");
    }

    private static void RequireClasses(DataFolder folder, ImageFormats formats)
    {
        foreach (string file in folder.Files)
        {
            if (formats.Knows(file))
                throw new FormatException(
                    $"'{folder.Path}' has the image '{Path.GetFileName(file)}' beside its folders; move it into the folder of its class.");
            if (LabeledTexts.IsText(file))
                throw new FormatException($"'{folder.Path}' has folders of images and the text file '{Path.GetFileName(file)}'; "
                    + "give a folder that has either a folder of images or a file CLASS.txt for each class.");
        }

        if (folder.Folders.Count is < 2 or > MostClasses)
            throw new FormatException(
                $"'{folder.Path}' has {folder.Folders.Count} folders of images; give one with 2 to {MostClasses}, one for each class.");
    }

    private static IReadOnlyList<string> ClassFiles(DataFolder folder, ImageFormats formats)
    {
        if (folder.Folders is [string inner, ..])
            throw new FormatException($"'{folder.Path}' has the folder '{Path.GetFileName(inner)}' where images of a class were expected; "
                + "give the folder whose folders are the classes.");
        if (folder.Files.FirstOrDefault(file => !formats.Knows(file)) is { } other)
            throw new FormatException($"'{folder.Path}' has the file '{Path.GetFileName(other)}' where only images were expected "
                + $"({string.Join(", ", formats.Endings)}); convert it or take it away.");
        return folder.Files.Count > 0 ? folder.Files
            : throw new FormatException($"'{folder.Path}' has no images; put those of the class there or take it away.");
    }

    private static void RequireSize(string file, Image image, Image first)
    {
        if (image.Width > ImageEncoding.MaxSide || image.Height > ImageEncoding.MaxSide)
            throw new FormatException($"'{file}' is {image.Width} x {image.Height}, and images have at most {ImageEncoding.MaxSide} pixels "
                + "a side; make it smaller.");
        if (image.Width != first.Width || image.Height != first.Height)
            throw new FormatException(
                $"'{file}' is {image.Width} x {image.Height}, and those before it are {first.Width} x {first.Height}; "
                + "make all images of one size, or name the size to which they are resized by DataOptions.ImageSize.");
    }

    private static byte[] Planes(string folder, List<Image> images, int channels)
    {
        int area = images[0].Width * images[0].Height;
        if ((long)area * channels * images.Count > Array.MaxLength) throw TooLarge(folder);
        byte[] planes = new byte[area * channels * images.Count];
        for (int i = 0; i < images.Count; i++)
        {
            ReadOnlySpan<byte> samples = (channels == 1 ? images[i].ToGray() : images[i].ToRgb()).Samples;
            Span<byte> into = planes.AsSpan(i * area * channels, area * channels);
            for (int p = 0; p < into.Length; p++) into[p] = samples[p % area * channels + p / area];
        }

        return planes;
    }

    private static FormatException TooLarge(string folder) =>
        new($"The images of '{folder}' take more than {Array.MaxLength} bytes; "
            + "name a smaller size to which they are resized by DataOptions.ImageSize.");
}
