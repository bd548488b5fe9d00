using Hebb.Files;

namespace Hebb.Data;

/// <summary>Image sets that are read from files.</summary>
internal static class KnownImages
{
    private static readonly string[] s_digits = [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")];

    private static readonly string[] s_clothes =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    private static readonly string[] s_objects =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    public static IReadOnlyList<DataEntry> Entries { get; } =
    [
        Idx("mnist", "handwritten digits, 28 x 28 gray, ten classes: 60,000 to train (a tenth validates), 10,000 to test", s_digits,
            new Recipe("lenet-bn", 6, 64, "adam", 2e-3)),
        Idx("fashion-mnist", "photographs of clothes, 28 x 28 gray, ten classes: 60,000 to train (a tenth validates), 10,000 to test",
            s_clothes, new Recipe("[conv3-32 bn relu]*2 pool2 [conv3-64 bn relu]*2 pool2 drop0.25 fc128 relu fc", 4, 64, "adam", 2e-3)),
        Cifar("cifar10-subset", "photographs, 32 x 32 in color, ten classes: 12,000 to train (a tenth validates), 3,000 to test",
            new Recipe("vgg-small", 12, 64, "adam", 2e-3, Augment: "flip shift4")),
        Optdigits("optdigits", "handwritten digits, 8 x 8 with 17 levels, ten classes: 3,823 to train (a tenth validates), 1,797 to test",
            new Recipe("conv3-32 relu conv3-32 relu pool2 fc128 relu fc", 20, 64, "adam", 2e-3)),
    ];

    private static DataEntry Idx(string name, string summary, string[] classes, Recipe recipe)
    {
        string[] files =
        [
            $"{name}/train-images-idx3-ubyte.gz", $"{name}/train-labels-idx1-ubyte.gz",
            $"{name}/t10k-images-idx3-ubyte.gz", $"{name}/t10k-labels-idx1-ubyte.gz",
        ];
        ImageBundle kind = new(name, 1, 28, 28, 255, classes);
        return new DataEntry(name, summary, files, options => kind.Make(Read(options, 0), Read(options, 2), options))
        {
            Kind = DataKind.KnownImages,
            Recipe = recipe,
        };

        (byte[] Pixels, byte[] Labels) Read(DataOptions options, int first)
        {
            string images = Path.Combine(options.Root!, files[first]), labels = Path.Combine(options.Root!, files[first + 1]);
            return kind.Check(images, Files.Idx.Read(images), labels, Files.Idx.Read(labels));
        }
    }

    private static DataEntry Cifar(string name, string summary, Recipe recipe)
    {
        string[] files = [$"{name}/train_12000.bin.gz", $"{name}/test_3000.bin.gz"];
        ImageBundle kind = new(name, 3, 32, 32, 255, s_objects);
        return new DataEntry(name, summary, files, options => kind.Make(Read(options, files[0]), Read(options, files[1]), options))
        {
            Kind = DataKind.KnownImages,
            Recipe = recipe,
        };

        (byte[] Pixels, byte[] Labels) Read(DataOptions options, string file)
        {
            string path = Path.Combine(options.Root!, file);
            (TypedArray images, TypedArray labels) = CifarBinary.Read(path);
            return kind.Check(path, images, path, labels);
        }
    }

    private static DataEntry Optdigits(string name, string summary, Recipe recipe)
    {
        const int side = 8, levels = 16;
        string[] files = [$"{name}/optdigits.tra", $"{name}/optdigits.tes"];
        ImageBundle kind = new(name, 1, side, side, levels, s_digits);
        return new DataEntry(name, summary, files, options => kind.Make(Read(options, files[0]), Read(options, files[1]), options))
        {
            Kind = DataKind.KnownImages,
            Recipe = recipe,
        };

        static (byte[] Pixels, byte[] Labels) Read(DataOptions options, string file)
        {
            CsvTable table = Csv.Read(Path.Combine(options.Root!, file), new CsvOptions
            {
                Header = false,
                Names = [.. Enumerable.Range(1, side * side).Select(i => $"pixel{i}"), "digit"],
            });
            byte[] pixels = new byte[table.RowCount * side * side], labels = new byte[table.RowCount];
            for (int row = 0; row < table.RowCount; row++)
            {
                for (int i = 0; i < side * side; i++) pixels[row * side * side + i] = Whole(table, row, table.Columns[i], levels);
                labels[row] = Whole(table, row, table.Columns[side * side], 9);
            }

            return (pixels, labels);
        }
    }

    private static byte Whole(CsvTable table, int row, CsvColumn column, int most)
    {
        double number = column.IsNumeric ? column.Numbers[row] : double.NaN;
        return number >= 0 && number <= most && number == Math.Floor(number)
            ? (byte)number
            : throw table.Error(
                row, column, double.IsNaN(number) ? "no number" : $"{number}", $"a whole number from 0 to {most}", "correct the cell");
    }
}
