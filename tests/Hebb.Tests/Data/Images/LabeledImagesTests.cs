using Hebb.Data;
using Hebb.Files;
using Hebb.Tests.Files;

namespace Hebb.Tests.Data;

public sealed class LabeledImagesTests
{
    [Fact]
    public void AFolderHasAFolderForEachClass()
    {
        using TestFolder folder = new();
        for (int i = 0; i < 25; i++)
        {
            Save(folder, $"dog/{i}.png", Flat(3, 2, 1, (byte)(100 + i)));
            if (i % 2 == 0) Save(folder, $"Cat/{i}.pgm", Flat(3, 2, 1, (byte)i));
            else Save(folder, $"Cat/{i}.PNG", Flat(3, 2, 1, (byte)i));
        }

        File.WriteAllText(folder["README.md"], "nothing");
        File.WriteAllText(folder["dog/.hidden"], "nothing");
        File.WriteAllText(folder["dog/Thumbs.db"], "nothing");
        Directory.CreateDirectory(folder[".git"]);
        Directory.CreateDirectory(folder["__MACOSX"]);
        DataBundle bundle = Load(folder, new DataOptions { SplitSeed = 3 });
        Assert.Equal(["Cat", "dog"], bundle.Target.Names);
        Assert.Contains($"'README.md', '.git', '__MACOSX', '{Path.Combine("dog", ".hidden")}' were passed over",
            Assert.Single(bundle.Notices), StringComparison.Ordinal);
        Assert.Equal((32, 8, 10), (bundle.Train.Count, bundle.Validation.Count, bundle.Test.Count));
        Assert.Equal((1, 2, 3, 255, false), (bundle.Images!.Channels, bundle.Images.Height, bundle.Images.Width, bundle.Images.Levels,
            bundle.Images.Resizes));

        // Files in ordinal order of their names: 0, 1, 10, 11, ..., and each pixel with its class.
        string[] names = [.. Enumerable.Range(0, 25).Select(i => $"{i}").Order(StringComparer.Ordinal)];
        ImageDataset all = Whole(bundle);
        Assert.Equal(names.Select(int.Parse).Concat(names.Select(name => 100 + int.Parse(name))),
            Enumerable.Range(0, 50).Select(i => (int)all.Picture(i).Samples[5]));
        Assert.Equal([.. Enumerable.Repeat(0L, 25), .. Enumerable.Repeat(1L, 25)], (long[])all.Read<long>(Field.TargetName));

        DataBundle again = Load(folder, new DataOptions { SplitSeed = 3, Images = bundle.Images });
        Assert.Equal((float[])bundle.Test.Read<float>(Field.InputName), again.Test.Read<float>(Field.InputName));
        Assert.Equal(1, ((float[])bundle.Train.Read<float>(Field.InputName)).Average(x => x * x), 1e-4);
    }

    [Fact]
    public void OneImageInColorMakesAllColored()
    {
        using TestFolder folder = new();
        Save(folder, "a/1.png", Flat(2, 1, 1, 7));
        Save(folder, "b/1.ppm", new Image(2, 1, 3, [1, 2, 3, 4, 5, 6]));
        Assert.Contains($"1 of 2 images, such as '{folder["b/1.ppm"]}', is in color, unlike the others, so gray ones become colored",
            Load(folder).Notices[0], StringComparison.Ordinal);
        ImageDataset all = Whole(Load(folder));
        Assert.Equal([7, 7, 7, 7, 7, 7], all.Picture(0).Samples.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], all.Picture(1).Samples.ToArray());

        ImageEncoding gray = new(1, 1, 2, 255, Scaler.Identity(1));
        Assert.Contains("is in color, unlike those of the training, so they become gray",
            Assert.Single(Load(folder, new DataOptions { Images = gray }).Notices), StringComparison.Ordinal);
        all = Whole(Load(folder, new DataOptions { Images = gray }));
        Assert.Equal([2, 5], all.Picture(1).Samples.ToArray());
        Assert.Contains("the model expects [1, 3, 2]", Error(folder, new DataOptions { Images = gray with { Height = 3 } }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ImagesOfSeveralSizesNeedOneThatIsNamed()
    {
        using TestFolder folder = new();
        Save(folder, "a/1.png", Flat(2, 2, 1, 7));
        Save(folder, "b/1.png", Flat(2, 2, 1, 9));
        Save(folder, "b/2.png", Flat(4, 2, 1, 8));
        Assert.Contains($"{Path.Combine("b", "2.png")}' is 4 x 2, and those before it are 2 x 2", Error(folder), StringComparison.Ordinal);
        DataBundle bundle = Load(folder, new DataOptions { ImageSize = (3, 5) });
        Assert.Equal([1, 3, 5], bundle.InputShape.AsSpan().ToArray());
        Assert.True(bundle.Images!.Resizes);
        Assert.Equal(8, Whole(bundle).Picture(2).Samples[14]);

        // A model that resizes resizes again, here and in predictions.
        ImageEncoding read = ImageEncoding.FromJson(bundle.Images.ToJson());
        Assert.Equal(bundle.Images, read);
        Assert.Equal([1, 3, 5], Load(folder, new DataOptions { Images = read }).InputShape.AsSpan().ToArray());
        read.Encode(Flat(9, 9, 1, 8), new float[15]);
        foreach ((int, int) size in ((int, int)[])[(0, 5), (5, -1), (16385, 1)])
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => Load(folder, new DataOptions { ImageSize = size }));
            Assert.Contains("name 1 to 16384", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void WhatIsTransparentLiesOnTheBackground()
    {
        using TestFolder folder = new();
        Save(folder, "a/1.png", new Image(2, 1, 2, [10, 0, 10, 255]));
        Save(folder, "b/1.png", new Image(2, 1, 4, [1, 2, 3, 0, 1, 2, 3, 255]));
        Assert.Equal([255, 255, 255, 10, 10, 10], Pixels(null, 0));
        Assert.Equal([255, 255, 255, 1, 2, 3], Pixels(null, 1));
        Assert.Equal([9, 8, 7, 10, 10, 10], Pixels(new Rgb(9, 8, 7), 0));
        Assert.Equal([9, 8, 7, 1, 2, 3], Pixels(new Rgb(9, 8, 7), 1));
        ImageEncoding encoding = Load(folder, new DataOptions { Background = new Rgb(9, 8, 7) }).Images!;
        Assert.Equal(new Rgb(9, 8, 7), ImageEncoding.FromJson(encoding.ToJson()).Background);
        Assert.Equal(9, Whole(Load(folder, new DataOptions { Images = encoding })).Picture(0).Samples[0]);

        byte[] Pixels(Rgb? background, int sample) =>
            Whole(Load(folder, new DataOptions { Background = background })).Picture(sample).Samples.ToArray();
    }

    [Fact]
    public void FoldersThatHoldOtherThingsAreRefused()
    {
        using TestFolder folder = new();
        Save(folder, "a/1.png", Flat(2, 2, 1, 7));
        Assert.Contains("has 1 folders of images; give one with 2 to 256", Error(folder), StringComparison.Ordinal);
        Directory.CreateDirectory(folder["b"]);
        Assert.Contains("b' has no images", Error(folder), StringComparison.Ordinal);
        Save(folder, "b/1.png", Flat(2, 2, 1, 7));
        Assert.Equal(2, Load(folder).Train.Count);

        Refused("b/notes.txt", "the file 'notes.txt' where only images were expected (.pgm, .png, .pnm, .ppm)");
        Refused("b/2.gif", "the file '2.gif' where only images");
        Refused("spam.txt", "has folders of images and the text file 'spam.txt'");
        Refused("spam.txt.gz", "has folders of images and the text file 'spam.txt.gz'");
        Refused("3.png", "has the image '3.png' beside its folders");
        Refused("b/4.png", "PNG signature");
        Save(folder, "b/inner/1.png", Flat(2, 2, 1, 7));
        Assert.Contains("has the folder 'inner' where images of a class were expected", Error(folder), StringComparison.Ordinal);

        void Refused(string name, string expected)
        {
            File.WriteAllText(folder[name], "text");
            Assert.Contains(expected, Error(folder), StringComparison.Ordinal);
            File.Delete(folder[name]);
        }
    }

    [Fact]
    public void OtherSetsHaveNoSizeAndNoBackground()
    {
        foreach (DataOptions options in (DataOptions[])[new() { ImageSize = (2, 2) }, new() { Background = Rgb.White }])
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => DataCatalog.Load("xor", options));
            Assert.Contains("'xor' is no folder of images", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AProgramReadsOtherFormats()
    {
        using TestFolder folder = new();
        foreach (string name in (string[])["a", "b"])
        {
            Directory.CreateDirectory(folder[name]);
            File.WriteAllText(folder[$"{name}/1.dot"], name);
        }

        ImageFormats formats = ImageFormats.BuiltIn.With(path => Flat(1, 1, 1, (byte)File.ReadAllText(path)[0]), ".dot");
        DataBundle bundle = Load(folder, new DataOptions { ImageFormats = formats });
        Assert.Equal((byte)'b', Whole(bundle).Picture(1).Samples[0]);
    }

    private static DataBundle Load(TestFolder folder, DataOptions? options = null) =>
        DataCatalog.Load(Path.GetDirectoryName(folder["x"])!, options);

    private static ImageDataset Whole(DataBundle bundle) => (ImageDataset)((Subset)bundle.Train).Whole;

    private static string Error(TestFolder folder, DataOptions? options = null) =>
        Assert.Throws<FormatException>(() => Load(folder, options)).Message;

    private static Image Flat(int width, int height, int channels, byte level) =>
        new(width, height, channels, [.. Enumerable.Repeat(level, width * height * channels)]);

    private static void Save(TestFolder folder, string name, Image image)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        if (name.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) Png.Write(folder[name], image);
        else Pnm.Write(folder[name], image);
    }
}
