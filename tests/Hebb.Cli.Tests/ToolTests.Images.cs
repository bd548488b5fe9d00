using System.Text.Json;
using Hebb.Files;

namespace Hebb.Cli.Tests;

/// <summary>Folders of images.</summary>
public sealed partial class ToolTests
{
    [Fact]
    public async Task TrainEvaluateAndPredictAFolderOfImages()
    {
        string folder = Path.Combine(_folder, "images"), run = Path.Combine(_folder, "run");
        for (int i = 0; i < 40; i++)
        {
            Save(folder, "cross", i, 16);
            Save(folder, "square", i, 16);
        }

        (int code, string output, string error) = await Run("train", folder, "--out", run, "--json");
        Assert.True(code == 0, error);
        Assert.Contains("52 training, 12 validating and 16 testing samples of shape [1, 16, 16]", output, StringComparison.Ordinal);
        JsonElement trained = LastLine(output);
        Assert.InRange(trained.GetProperty("test_accuracy").GetDouble(), 0.9, 1);
        Assert.Equal(
            ["cross", "square"], RunJson(run).GetProperty("names").EnumerateArray().Select(name => name.GetString()));

        (code, output, error) = await Run("evaluate", run, "--json");
        Assert.True(code == 0, error);
        Assert.Equal(trained.GetProperty("test_loss").GetDouble(), LastLine(output).GetProperty("test_loss").GetDouble());
        (code, output, error) = await Run("evaluate", run, folder + "/", "--json");
        Assert.True(code == 0, error);
        Assert.Equal(16, LastLine(output).GetProperty("samples").GetInt32());

        string square = Path.Combine(folder, "square", "3.png");
        (code, output, error) = await Run("predict", run, square, Path.Combine(folder, "cross", "5.png"), "--json");
        Assert.True(code == 0, error);
        Assert.Equal(["square", "cross"], Classes(output));

        // Images of other sizes: refused, or fitted, or resized throughout by --size.
        Save(folder, "square", 90, 24);
        (code, output, error) = await Run("train", folder, "--out", Path.Combine(_folder, "other"));
        Assert.Equal((1, ""), (code, output));
        Assert.Contains("90.png' is 24 x 24, and those before it are 16 x 16", error, StringComparison.Ordinal);
        string large = Path.Combine(folder, "square", "90.png");
        Assert.Contains("the model expects 16 x 16", (await Run("predict", run, large)).Error, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("predict", run, large, "--fit")).Code);
        (code, output, error) = await Run("train", folder, "--size", "12x14", "--epochs", "1", "--out", run, "--overwrite");
        Assert.True(code == 0, error);
        Assert.Contains("of shape [1, 12, 14]", output, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("evaluate", run)).Code);
        Assert.Equal(0, (await Run("predict", run, large, square)).Code);
    }

    [Fact]
    public async Task TransparentImagesLieOnABackground()
    {
        string folder = Path.Combine(_folder, "images"), run = Path.Combine(_folder, "run");
        for (int i = 0; i < 30; i++)
        {
            // Both classes have the same colors below their transparent pixels: only the opacity tells them apart.
            foreach (string name in (string[])["clear", "solid"])
            {
                byte[] samples = new byte[8 * 8 * 4];
                for (int p = 0; p < 64; p++) samples[4 * p + 3] = (byte)(name == "clear" ? i % 5 : 255 - i % 5);
                Directory.CreateDirectory(Path.Combine(folder, name));
                Png.Write(Path.Combine(folder, name, $"{i}.png"), new Image(8, 8, 4, samples));
            }
        }

        (int code, string output, string error) = await Run("train", folder, "--model", "fc", "--epochs", "20", "--out", run, "--json");
        Assert.True(code == 0, error);
        Assert.Equal(1, LastLine(output).GetProperty("test_accuracy").GetDouble());
        string clear = Path.Combine(folder, "clear", "0.png");
        Assert.Equal(["clear"], Classes((await Run("predict", run, clear, "--json")).Output));
        Assert.Equal(["solid"], Classes((await Run("predict", run, clear, "--background", "#000000", "--json")).Output));
        Assert.Equal(["solid"], Classes((await Run("predict", run, clear, "--background", "0", "--json")).Output));
        Assert.Equal(["solid"], Classes((await Run("predict", run, clear, "--invert", "--json")).Output));

        // On black they look alike, and the run keeps its background.
        (code, _, error) =
            await Run("train", folder, "--background", "0", "--model", "fc", "--epochs", "1", "--out", run, "--overwrite");
        Assert.True(code == 0, error);
        Assert.Equal(0, RunJson(run).GetProperty("images").GetProperty("background").GetProperty("red").GetInt32());
        (code, output, error) = await Run("evaluate", run, "--json");
        Assert.True(code == 0, error);
        Assert.Equal(0.5, LastLine(output).GetProperty("test_accuracy").GetDouble());
    }

    [Fact]
    public async Task JpegImagesAreReadWhereverImagesAre()
    {
        string folder = Path.Combine(_folder, "images"), run = Path.Combine(_folder, "run");
        foreach ((string name, int level) in ((string, int)[])[("dark", 40), ("light", 200)])
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            for (int i = 0; i < 30; i++)
            {
                byte[] blocks = [(byte)(level + i), (byte)(level - i), (byte)level, (byte)(level + 5)];
                System.IO.File.WriteAllBytes(
                    Path.Combine(folder, name, $"{i}{(i % 2 == 0 ? ".jpg" : ".JPEG")}"), TestJpeg.Of(2, blocks, isProgressive: i % 3 == 0));
            }
        }

        Png.Write(Path.Combine(folder, "dark", "a.png"), new Image(16, 16, 1, new byte[256]));
        (int code, string output, string error) = await Run("train", folder, "--model", "fc", "--epochs", "20", "--out", run, "--json");
        Assert.True(code == 0, error);
        Assert.Equal(1, LastLine(output).GetProperty("test_accuracy").GetDouble());
        Assert.Equal(0, (await Run("evaluate", run)).Code);
        string sheet = Path.Combine(_folder, "sheet.png");
        (code, output, error) = await Run("data", "sheet", folder, "--images", "3", "--out", sheet);
        Assert.True(code == 0, error);
        Assert.Equal((3 * 17 - 1, 2 * 17 - 1), (Png.Read(sheet).Width, Png.Read(sheet).Height));
        string light = Path.Combine(folder, "light", "0.jpg");
        Assert.Equal(["light"], Classes((await Run("predict", run, light, "--json")).Output));

        byte[] whole = System.IO.File.ReadAllBytes(light);
        System.IO.File.WriteAllBytes(light, whole[..^10]);
        foreach (string[] args in (string[][])[["predict", run, light], ["evaluate", run], ["train", folder, "--model", "fc"]])
        {
            (code, output, error) = await Run(args);
            Assert.Equal((1, ""), (code, output));
            Assert.Contains($"'{light}': found the end of the file", error, StringComparison.Ordinal);
            Assert.Single(error.TrimEnd().Split('\n'));
        }
    }

    [Theory]
    [InlineData("train images --size 28", "--size is '28', but it must be rows and columns joined by x, such as 28x28.")]
    [InlineData("train images --size 0x28", "name 1 to 16384 of each")]
    [InlineData("train images --size 28x", "--size is '28x'")]
    [InlineData("train images --size 1,000x8", "--size is '1,000x8'")]
    [InlineData("train images --background white", "--background: 'white' is no color; give #rrggbb")]
    [InlineData("train images --background 300", "--background: '300' is no color")]
    [InlineData("predict run x.png --background #ff", "--background: '#ff' is no color")]
    [InlineData("train xor --size 28x28", "--size was given, but 'xor' is a set without files")]
    [InlineData("train xor --background 0", "--background was given, but 'xor' is a set without files")]
    public async Task AMistakeAboutImagesIsNamed(string line, string expected)
    {
        string folder = Path.Combine(_folder, "images");
        Save(folder, "cross", 0, 16);
        Save(folder, "square", 0, 16);
        (int code, _, string error) = await Run(line.Replace("images", folder, StringComparison.Ordinal).Split(' '));
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task AFolderOfImagesAndTextsIsRefused()
    {
        string folder = Path.Combine(_folder, "images");
        Save(folder, "cross", 0, 16);
        Save(folder, "square", 0, 16);
        File("images/spam.txt", "text\n");
        (int code, _, string error) = await Run("train", folder);
        Assert.Equal(1, code);
        Assert.Contains("has folders of images and the text file 'spam.txt'", error, StringComparison.Ordinal);
    }

    private static string[] Classes(string output) =>
        [.. LastLine(output).GetProperty("predictions").EnumerateArray().Select(one => one.GetProperty("class").GetString()!)];

    private static JsonElement RunJson(string run) =>
        JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(run, "run.json"))).RootElement;

    /// <summary>A cross or the outline of a square, somewhere on a dark ground.</summary>
    private static void Save(string folder, string name, int number, int side)
    {
        Random random = new(number);
        byte[] pixels = new byte[side * side];
        (int x, int y, int half) = (random.Next(5, side - 5), random.Next(5, side - 5), random.Next(2, 5));
        for (int d = -half; d <= half; d++)
        {
            (int, int)[] points = name == "square" ? [(x + d, y - half), (x + d, y + half), (x - half, y + d), (x + half, y + d)]
                : [(x + d, y), (x, y + d)];
            foreach ((int px, int py) in points) pixels[py * side + px] = 255;
        }

        Directory.CreateDirectory(Path.Combine(folder, name));
        Png.Write(Path.Combine(folder, name, $"{number}.png"), new Image(side, side, 1, pixels));
    }
}
