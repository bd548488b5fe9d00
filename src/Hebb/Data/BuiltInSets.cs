namespace Hebb.Data;

/// <summary>The sets that need no files.</summary>
internal static class BuiltInSets
{
    private const int DigitsTrain = 10_000, DigitsValidation = 1_000, DigitsTest = 2_000;

    public static IReadOnlyList<DataEntry> Entries { get; } =
    [
        new("digits", "28 x 28 grey, ten classes, drawn by strokes: 10,000 to train, 1,000 to validate, 2,000 to test", [], Digits),
        Whole("xor", "exclusive or: four points, on which it trains, validates and tests", _ => Synthetic.Parity(2)),
        Whole("consecutive-ones", "all vectors of four bits, two classes: are two neighbours set? It trains, validates and tests on all 16",
            _ => Synthetic.ConsecutiveOnes()),
        Parted("spirals", "1,000 points on two arms that wind around each other, two classes", options => Synthetic.Spirals(seed: options.SplitSeed)),
        Parted("moons", "1,000 points on two half circles, two classes", options => Synthetic.Moons(seed: options.SplitSeed)),
        Parted("blobs", "1,000 points in three normal clouds, three classes", options => Synthetic.Blobs(seed: options.SplitSeed)),
        Parted("prototypes", "300 noisy copies of three vectors of six numbers, three classes", options => Synthetic.Prototypes(seed: options.SplitSeed)),
        Parted("line", "200 points of a noisy straight line, regression", options => Synthetic.Line(seed: options.SplitSeed)),
    ];

    private static DataBundle Digits(DataOptions options)
    {
        (byte[] pixels, byte[] labels) = StrokeDigits.Draw(options.SplitSeed, 0, DigitsTrain + DigitsValidation + DigitsTest);
        ImageBundle kind = new("digits", 1, StrokeDigits.Size, StrokeDigits.Size, 255, [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]);
        ImageEncoding encoding = kind.Encoding(pixels, Indices(0, DigitsTrain), options);
        ImageDataset all = new(pixels, labels, kind.Classes, encoding);
        return new DataBundle(kind.Name, new Subset(all, Indices(0, DigitsTrain)), new Subset(all, Indices(DigitsTrain, DigitsValidation)),
            new Subset(all, Indices(DigitsTrain + DigitsValidation, DigitsTest)))
        { Images = encoding };
    }

    private static DataEntry Whole(string name, string summary, Func<DataOptions, VectorDataset> make) => new(name, summary, [], options =>
    {
        VectorDataset set = make(options);
        return new DataBundle(name, set, set, set) { Table = Schema(set) };
    });

    private static DataEntry Parted(string name, string summary, Func<DataOptions, VectorDataset> make) => new(name, summary, [], options =>
    {
        VectorDataset set = make(options);
        Split split = set.Target.IsClass ? Splits.Stratified(Classes(set), options.SplitSeed) : Splits.ThreeWay(set.Count, options.SplitSeed);
        return new DataBundle(name, new Subset(set, split.Train), new Subset(set, split.Validation), new Subset(set, split.Test)) { Table = Schema(set) };
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

    private static int[] Classes(VectorDataset set)
    {
        long[] classes = new long[set.Count];
        set.FillClasses(Indices(0, set.Count), classes);
        return Array.ConvertAll(classes, c => (int)c);
    }

    private static int[] Indices(int first, int count) => [.. Enumerable.Range(first, count)];
}
