namespace Hebb.Data;

/// <summary>The sets that need no files.</summary>
internal static class BuiltInSets
{
    private static readonly (int Train, int Validation, int Test)
        s_digits = (10_000, 1_000, 2_000), s_shapes = (3_000, 300, 600), s_colored = (5_000, 500, 1_000);

    public static IReadOnlyList<DataEntry> Entries { get; } =
    [
        new("digits", "28 x 28 gray, ten classes, drawn by strokes: 10,000 to train, 1,000 to validate, 2,000 to test", [], Digits),
        new("shapes", "28 x 28 gray, three classes, drawn circles, triangles and squares: 3,000 to train, 300 to validate, 600 to test",
            [], Shapes),
        new("colored-shapes",
            "32 x 32 colors, ten classes, drawn shapes, filled and open, in any color: 5,000 to train, 500 to validate, 1,000 to test",
            [], ColoredShapes),
        Whole("xor", "exclusive or: four points, on which it trains, validates and tests", _ => Synthetic.Parity(2)),
        Whole("consecutive-ones", "all vectors of four bits, two classes: are two neighbors set? It trains, validates and tests on all 16",
            _ => Synthetic.ConsecutiveOnes()),
        Parted("spirals", "1,000 points on two arms that wind around each other, two classes",
            options => Synthetic.Spirals(seed: options.SplitSeed)),
        Parted("moons", "1,000 points on two half circles, two classes", options => Synthetic.Moons(seed: options.SplitSeed)),
        Parted("blobs", "1,000 points in three normal clouds, three classes", options => Synthetic.Blobs(seed: options.SplitSeed)),
        Parted("prototypes", "300 noisy copies of three vectors of six numbers, three classes",
            options => Synthetic.Prototypes(seed: options.SplitSeed)),
        Parted("diets", "300 people, age and income, two classes: do they eat meat?", options => Synthetic.Diets(seed: options.SplitSeed)),
        Parted("ratings", "1,000 guests, five marks, five classes: the stars that they give",
            options => Synthetic.Ratings(seed: options.SplitSeed)),
        Parted("dose", "300 noisy responses to a dose, regression", options => Synthetic.Dose(seed: options.SplitSeed)),
        Parted("line", "200 points of a noisy straight line, regression", options => Synthetic.Line(seed: options.SplitSeed)),
    ];

    private static DataBundle Digits(DataOptions options)
    {
        int count = s_digits.Train + s_digits.Validation + s_digits.Test;
        return Drawn("digits", (1, StrokeDigits.Size), StrokeDigits.Draw(options.SplitSeed, 0, count),
            [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")], s_digits, options);
    }

    private static DataBundle Shapes(DataOptions options) =>
        Drawn("shapes", (1, 28), DrawnShapes.Draw(options.SplitSeed, s_shapes.Train + s_shapes.Validation + s_shapes.Test),
            DrawnShapes.Names, s_shapes, options);

    private static DataBundle ColoredShapes(DataOptions options) =>
        Drawn("colored-shapes", (3, 32),
            DrawnShapes.DrawColors(options.SplitSeed, s_colored.Train + s_colored.Validation + s_colored.Test),
            DrawnShapes.ColorNames, s_colored, options);

    /// <summary>Square images, of which the first train, the next validate and the last test.</summary>
    private static DataBundle Drawn(
        string name, (int Channels, int Size) form, (byte[] Pixels, byte[] Labels) images, IReadOnlyList<string> classes,
        (int Train, int Validation, int Test) parts, DataOptions options)
    {
        ImageBundle kind = new(name, form.Channels, form.Size, form.Size, 255, classes);
        ImageEncoding encoding = kind.Encoding(images.Pixels, Indices(0, parts.Train), options);
        ImageDataset all = new(images.Pixels, images.Labels, kind.Classes, encoding);
        Subset train = new(all, Indices(0, parts.Train)), validation = new(all, Indices(parts.Train, parts.Validation));
        Subset test = new(all, Indices(parts.Train + parts.Validation, parts.Test));
        return new DataBundle(name, train, validation, test) { Images = encoding };
    }

    private static DataEntry Whole(string name, string summary, Func<DataOptions, VectorDataset> make) => new(name, summary, [], options =>
    {
        VectorDataset set = make(options);
        return new DataBundle(name, set, set, set) { Table = Schema(set) };
    });

    private static DataEntry Parted(string name, string summary, Func<DataOptions, VectorDataset> make) => new(name, summary, [], options =>
    {
        VectorDataset set = make(options);
        Split split = set.Target.IsClass
            ? Splits.Stratified(Classes(set), options.SplitSeed)
            : Splits.ThreeWay(set.Count, options.SplitSeed);
        return new DataBundle(name, new Subset(set, split.Train), new Subset(set, split.Validation), new Subset(set, split.Test))
        {
            Table = Schema(set),
        };
    });

    /// <summary>Rows x1, x2, ... as they are, so that a model of a generated set predicts from a CSV file like any other.</summary>
    private static TableSchema Schema(VectorDataset set)
    {
        int width = set.InputShape.Count;
        TableColumn[] inputs = [.. Enumerable.Range(1, width).Select(i => new TableColumn($"x{i}", i, true, 0, [], false, false))];
        TableColumn target = new(set.Target.IsClass ? "class" : set.Target.Names[0], width + 1, !set.Target.IsClass, 0,
            set.Target.IsClass ? set.Target.Names : [], false, false);
        return new TableSchema(inputs, target, "", width + 1, Scaler.Identity(width), set.Target.IsClass ? null : Scaler.Identity(1));
    }

    private static int[] Classes(VectorDataset set) => Array.ConvertAll(ClassCounts.Classes(set), c => (int)c);

    private static int[] Indices(int first, int count) => [.. Enumerable.Range(first, count)];
}
