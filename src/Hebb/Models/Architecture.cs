using Hebb.Layers;

namespace Hebb.Models;

/// <summary>
/// A feed-forward network written as text: words for layers, separated by spaces, and brackets for what repeats, such as
/// <c>[[conv3-32 relu]*2 pool2]*2 fc128 relu fc</c>. Sizes follow from the input and from layer to layer, and <c>fc</c> without a number
/// has as many outputs as the task asks for.
/// </summary>
/// <remarks>
/// <c>convF-K</c> (K filters of F x F, padded to keep the size unless <c>pP</c> says otherwise;
/// <c>sS</c> stride, <c>dD</c> dilation, <c>gG</c> groups), <c>poolF</c> and <c>avgpoolF</c> (stride F unless <c>sS</c>; <c>pP</c>),
/// <c>gap</c> (the mean over all positions), <c>fcN</c>, <c>dropP</c>, <c>bn</c>, <c>ln</c>,
/// <c>flatten</c> (also added before the first <c>fc</c>), the activations <c>relu leaky elu selu gelu silu mish tanh sigmoid softplus</c>;
/// <c>[...]*N</c> repeats layers, <c>res[...]</c> adds the input, or a 1x1 convolution of it where the shape changes, to what they give.
/// </remarks>
public sealed class Architecture
{
    private readonly string _text;
    private readonly IReadOnlyList<ArchitecturePart> _parts;

    private Architecture(string text, IReadOnlyList<ArchitecturePart> parts) => (_text, _parts) = (text, parts);

    /// <summary>Reads a network from text.</summary>
    /// <exception cref="ArgumentException">It cannot be read; the message says where, what was expected, and how to mend it.</exception>
    public static Architecture Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Architecture(text, new ArchitectureParser(text).Parse());
    }

    /// <summary>Whether text is a network rather than a name: it has several words, a bracket, or is a layer.</summary>
    public static bool IsNotation(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAny(" []") >= 0 || ArchitectureParser.IsLayer(text);
    }

    /// <summary>The network without brackets: every repetition written out, residual blocks kept.</summary>
    public string Expanded() => string.Join(' ', _parts.SelectMany(part => part.Expand()).Select(part => part.ToString()));

    /// <summary>Builds the network for inputs of a shape (without the batch) and so many outputs.</summary>
    /// <exception cref="ShapeException">A layer does not fit what comes before it, or the last one does not give the outputs.</exception>
    public Sequential Build(Shape input, int outputs)
    {
        TensorSpec spec = new(DType.Float32, input.Insert(0, 1));
        Sequential net = [];
        foreach (ArchitecturePart part in _parts.SelectMany(part => part.Expand()))
            spec = part.Add(net, spec, new ArchitectureTask(_text, outputs));
        if (spec.Shape != [1, outputs])
            throw new ShapeException(
                $"The model '{_text}' gives {Features(spec.Shape)}, but the task has {outputs} outputs; end it with fc.");
        return net;

        static string Features(Shape shape) =>
            shape.Rank == 2 ? $"{shape[1]} numbers" : $"results of shape {new Shape(shape.AsSpan()[1..])}";
    }

    /// <summary>The network in its shortest spelling, which reads back as the same network.</summary>
    public override string ToString() => string.Join(' ', _parts);
}
