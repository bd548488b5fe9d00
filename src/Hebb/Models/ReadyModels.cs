using Hebb.Data;
using Hebb.Layers;
using Hebb.Training;

namespace Hebb.Models;

/// <summary>
/// Networks by name, fitted to the shape of the inputs and the number of outputs. Their last layer gives raw scores or numbers.
/// </summary>
public static class ReadyModels
{
    private const int MostTokens = 1 << 24;

    private static readonly Dictionary<string, Func<Shape, int, Module>> Builders = new(StringComparer.Ordinal)
    {
        ["mlp"] = Mlp,
        ["lenet"] = (input, outputs) => LeNet(input, outputs, isNormalized: false),
        ["lenet-bn"] = (input, outputs) => LeNet(input, outputs, isNormalized: true),
        ["vgg-small"] = VggSmall,
    };

    private static readonly Dictionary<string, Func<int, int, Module>> TextBuilders = new(StringComparer.Ordinal)
    {
        ["text-cnn"] = (tokens, outputs) => new TextCnn(tokens, outputs),
    };

    /// <summary>The names that <see cref="Build(string, Shape, int, int?)"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Builders.Keys, .. TextBuilders.Keys];

    /// <summary>Whether the inputs of a ready network are the numbers of tokens.</summary>
    public static bool AreTokens(string name) => TextBuilders.ContainsKey(name);

    /// <summary>Builds a network for a data set, with the vectors of a table's embedded columns in front.</summary>
    /// <inheritdoc cref="Build(string, Shape, int, int?)" path="/exception"/>
    public static Module Build(string name, DataBundle data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return ForTable(data.Table, data.InputShape, input => Build(name, input, data.Target.Width, data.TokenCount));
    }

    /// <summary>Builds the network of a run, as <see cref="TrainedModel.Read"/> needs it.</summary>
    /// <inheritdoc cref="Build(string, Shape, int, int?)" path="/exception"/>
    public static Module Build(RunDescription run)
    {
        ArgumentNullException.ThrowIfNull(run);
        Shape shape = Shape.Create([.. run.InputShape]);
        return ForTable(run.Parts.Table, shape, input => Build(run.Model, input, run.Names.Count, run.TokenCount));
    }

    /// <summary>Behind the vectors of a table's embedded columns, if it has any.</summary>
    private static Module ForTable(TableSchema? table, Shape input, Func<Shape, Module> build) =>
        table is null ? build(input) : table.BuildModel(build);

    /// <summary>
    /// Builds a network for inputs of the given shape (without the batch) and so many outputs, by its name or from its layers as
    /// <see cref="Architecture"/> writes them.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>, or layers.</param>
    /// <param name="input">The shape of one input.</param>
    /// <param name="outputs">How many classes or numbers it gives.</param>
    /// <param name="tokens">If inputs are numbers of tokens, how many tokens there are; null for measurements.</param>
    /// <exception cref="ArgumentException">There is no network of that name, or its layers cannot be read.</exception>
    /// <exception cref="ShapeException">The network does not fit the inputs.</exception>
    public static Module Build(string name, Shape input, int outputs, int? tokens = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        Func<int, int, Module>? buildForTexts = TextBuilders.GetValueOrDefault(name);
        Func<Shape, int, Module>? build = Builders.GetValueOrDefault(name);
        if (build is null && buildForTexts is null && Architecture.IsNotation(name)) build = Architecture.Parse(name).Build;
        if (build is null && buildForTexts is null)
            throw new ArgumentException($"There is no model '{name}'; "
                + $"the ready models are {string.Join(", ", Names)}, or write its layers, such as 'conv3-32 relu pool2 fc'.");
        if (outputs < 1) throw new ShapeException($"The model '{name}' was asked for {outputs} outputs; ask for at least 1.");
        if (tokens is { } count)
        {
            if (buildForTexts is null)
                throw new ShapeException(
                    $"The model '{name}' got texts; it works on measurements, so take {string.Join(", ", TextBuilders.Keys)}.");
            return count is >= 1 and <= MostTokens
                ? buildForTexts(count, outputs)
                : throw new ShapeException($"The model '{name}' was asked for {count} tokens; ask for 1 to {MostTokens}.");
        }
        return build?.Invoke(input, outputs)
            ?? throw new ShapeException(
                $"The model '{name}' got inputs of shape {input}; it works on texts, so take one of {string.Join(", ", Builders.Keys)}.");
    }

    /// <summary>Two hidden layers of 128 and 64 ReLU units.</summary>
    private static Sequential Mlp(Shape input, int outputs)
    {
        Sequential net = [];
        if (input.Rank != 1) net.Add(new Flatten());
        net.Add(new Linear(input.Count, 128));
        net.Add(new Relu());
        net.Add(new Linear(128, 64));
        net.Add(new Relu());
        net.Add(new Linear(64, outputs));
        return net;
    }

    /// <summary>
    /// LeNet-5 (LeCun et al., "Gradient-based learning applied to document recognition", 1998) with ReLU and max pooling; normalized, with
    /// batch norm after each convolution and dropout of a quarter before the last layer.
    /// </summary>
    private static Sequential LeNet(Shape input, int outputs, bool isNormalized)
    {
        (int channels, int height, int width) = Images("lenet", input);
        int flat = 16 * After(After(height) - 4) * After(After(width) - 4);
        if (After(height) < 6 || After(width) < 6)
            throw new ShapeException($"The model 'lenet' got images of {height}x{width}; "
                + "its second 5x5 convolution needs at least 12x12, so take 'mlp' or larger images.");
        Sequential net = [new Conv2d(channels, 6, 5, pad: 2)];
        if (isNormalized) net.Add(new BatchNorm2d(6));
        net.Add(new Relu());
        net.Add(new MaxPool2d(2));
        net.Add(new Conv2d(6, 16, 5));
        if (isNormalized) net.Add(new BatchNorm2d(16));
        net.Add(new Relu());
        net.Add(new MaxPool2d(2));
        net.Add(new Flatten());
        net.Add(new Linear(flat, 120));
        net.Add(new Relu());
        net.Add(new Linear(120, 84));
        net.Add(new Relu());
        if (isNormalized) net.Add(new Dropout(0.25));
        net.Add(new Linear(84, outputs));
        return net;

        static int After(int size) => size / 2;
    }

    /// <summary>
    /// Three blocks of 3x3 convolution, batch norm, ReLU and pooling with 64, 128 and 256 channels,
    /// in the manner of VGG (Simonyan and Zisserman, 2015).
    /// </summary>
    private static Sequential VggSmall(Shape input, int outputs)
    {
        (int channels, int height, int width) = Images("vgg-small", input);
        if (height < 8 || width < 8)
            throw new ShapeException($"The model 'vgg-small' got images of {height}x{width}; "
                + "its three poolings need at least 8x8, so take 'mlp' or larger images.");
        Sequential net = [];
        foreach (int filters in (ReadOnlySpan<int>)[64, 128, 256])
        {
            net.Add(new Conv2d(channels, filters, 3, pad: 1));
            net.Add(new BatchNorm2d(filters));
            net.Add(new Relu());
            net.Add(new MaxPool2d(2));
            channels = filters;
        }
        net.Add(new Flatten());
        net.Add(new Dropout(0.5));
        net.Add(new Linear(256 * (height / 8) * (width / 8), outputs));
        return net;
    }

    private static (int Channels, int Height, int Width) Images(string model, Shape input) => input.Rank == 3
        ? (input[0], input[1], input[2])
        : throw new ShapeException(
            $"The model '{model}' got inputs of shape {input}, but works on images [channels, rows, columns]; "
            + (input.Rank == 2 ? $"give them a channel, [1, {input[0]}, {input[1]}]."
                : "rows of a table need dense layers, such as those of 'mlp'."));
}
