using Hebb.Layers;

namespace Hebb.Models;

/// <summary>What a network is built for: its text, for messages, and the outputs of its last layer.</summary>
internal readonly record struct ArchitectureTask(string Text, int Outputs);

/// <summary>A piece of a network's text; it prints itself in its shortest spelling.</summary>
/// <param name="Position">Where in the text it begins.</param>
internal abstract record ArchitecturePart(int Position)
{
    /// <summary>Itself, or what it stands for several times.</summary>
    public virtual IEnumerable<ArchitecturePart> Expand() => [this];

    /// <summary>Adds its layer to a network, and gives what that makes of the input.</summary>
    public abstract TensorSpec Add(Sequential net, in TensorSpec input, in ArchitectureTask task);

    /// <summary>Adds a layer that must take the input.</summary>
    protected TensorSpec Add(Sequential net, Func<Module> make, in TensorSpec input, in ArchitectureTask task)
    {
        try
        {
            Module layer = make();
            TensorSpec output = layer.Infer(input);
            if (output.Shape.Count == 0)
                throw new ShapeException($"{layer} leaves nothing of {input.Shape}; take a smaller window or fewer of them.");
            net.Add(layer);
            return output;
        }
        catch (ArgumentException misfit)
        {
            throw new ShapeException(
                $"In the model '{task.Text}', '{this}' at position {Position + 1} does not fit: {misfit.Message}", misfit);
        }
    }
}

/// <summary>Layers in brackets, several times.</summary>
internal sealed record ArchitectureGroup(int Position, IReadOnlyList<ArchitecturePart> Parts, int Times) : ArchitecturePart(Position)
{
    public override IEnumerable<ArchitecturePart> Expand() =>
        Enumerable.Range(0, Times).SelectMany(_ => Parts.SelectMany(part => part.Expand()));

    public override TensorSpec Add(Sequential net, in TensorSpec input, in ArchitectureTask task)
    {
        TensorSpec spec = input;
        foreach (ArchitecturePart part in Expand()) spec = part.Add(net, spec, task);
        return spec;
    }

    public override string ToString() => Times == 1 ? string.Join(' ', Parts) : $"[{string.Join(' ', Parts)}]*{Times}";
}

/// <summary>Layers whose input is added to what they give.</summary>
internal sealed record ArchitectureResidual(int Position, ArchitectureGroup Body) : ArchitecturePart(Position)
{
    public override TensorSpec Add(Sequential net, in TensorSpec input, in ArchitectureTask task)
    {
        Sequential body = [];
        TensorSpec output = Body.Add(body, input, task);
        Shape from = input.Shape;
        return Add(net, () => new Residual(body, Shortcut(from, output.Shape)), input, task);
    }

    public override string ToString() => $"res[{string.Join(' ', Body.Parts)}]";

    /// <summary>A 1x1 convolution, or a dense layer, that changes the shape as the layers do; none where they keep it.</summary>
    private static Module? Shortcut(Shape input, Shape output)
    {
        if (input == output) return null;
        if (input.Rank == 2 && output.Rank == 2) return new Linear(null, output[1]);
        return input.Rank == 4 && output.Rank == 4
            ? new Conv2d(null, output[1], 1, stride: (int)Math.Ceiling(input[2] / (double)output[2]))
            : null;
    }
}

/// <summary>One layer.</summary>
/// <param name="Position">Where in the text it begins.</param>
/// <param name="Word">The layer's word without numbers.</param>
/// <param name="Size">The window, the features or the rate after the word; null if there is none.</param>
/// <param name="Filters">What follows a hyphen.</param>
/// <param name="Options">Stride, padding, dilation and groups that were given, by their letters.</param>
internal sealed record ArchitectureLayer(int Position, string Word, double? Size, int? Filters, IReadOnlyDictionary<char, int> Options)
    : ArchitecturePart(Position)
{
    private int Whole => (int)Size!.Value;

    public override TensorSpec Add(Sequential net, in TensorSpec input, in ArchitectureTask task)
    {
        TensorSpec spec = input;
        if (Word == "fc" && input.Shape.Rank > 2) spec = Add(net, () => new Flatten(), input, task);
        (Shape shape, int outputs) = (spec.Shape, task.Outputs);
        return Add(net, () => Make(shape, outputs), spec, task);
    }

    public override string ToString()
    {
        string size = Size?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? "",
            filters = Filters is { } count ? $"-{count}" : "";
        IEnumerable<string> options = Options.Where(IsTold).OrderBy(option => option.Key).Select(option => $"{option.Key}{option.Value}");
        return Word + size + filters + string.Concat(options);
    }

    /// <summary>Whether an option says something else than would be taken without it.</summary>
    private bool IsTold(KeyValuePair<char, int> option) => option.Value != Default(option.Key);

    private int Option(char letter) => Options.TryGetValue(letter, out int value) ? value : Default(letter);

    private int Default(char letter) => letter switch
    {
        'p' => Word == "conv" ? ConvSizes.SamePad(Whole, Option('d')) : 0,
        's' when Word != "conv" => Whole,
        _ => 1,
    };

    private Module Make(Shape input, int outputs) => Word switch
    {
        "conv" => new Conv2d(null, Filters!.Value, Whole, Option('s'), Option('p'), Option('d'), Option('g')),
        "pool" => new MaxPool2d(Whole, Option('s'), Option('p')),
        "avgpool" => new AvgPool2d(Whole, Option('s'), Option('p')),
        "gap" => new GlobalAvgPool(),
        "fc" => new Linear(null, Size is null ? outputs : Whole),
        "drop" => new Dropout(Size!.Value),
        "bn" => input.Rank == 4 ? new BatchNorm2d(input[1]) : new BatchNorm1d(input[1]),
        "ln" => new LayerNorm(new Shape(input.AsSpan()[1..])),
        "flatten" => new Flatten(),
        _ => ArchitectureParser.Activations[Word](),
    };
}
