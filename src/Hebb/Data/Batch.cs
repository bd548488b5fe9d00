using Hebb.Layers;

namespace Hebb.Data;

/// <summary>
/// Some samples as named tensors with roles: inputs, targets, weights of samples, and lengths and masks of what was padded. Every tensor
/// has the samples along axis 0.
/// </summary>
public sealed class Batch
{
    private readonly Tensor[] _tensors;

    internal Batch(BatchLayout layout, Tensor[] tensors, ReadOnlyMemory<int> samples) =>
        (Layout, _tensors, Samples) = (layout, tensors, samples);

    /// <summary>One input and one target.</summary>
    /// <param name="input">[samples, ...].</param>
    /// <param name="target">[samples, ...].</param>
    public Batch(Tensor input, Tensor target) : this(BatchLayout.Plain(2), [input, target], default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(target);
    }

    /// <summary>
    /// Tensors with names and roles. A tensor NAME.mask with the role of a mask says which steps of the tensor NAME count, and one
    /// NAME.lengths how many do.
    /// </summary>
    /// <exception cref="ArgumentException">Two have the same name, or a mask or lengths belong to no tensor.</exception>
    public Batch(params IReadOnlyList<(string Name, FieldRole Role, Tensor Tensor)> parts)
        : this(
            new BatchLayout([.. parts.Select(part => new BatchPart(part.Name, part.Role))]),
            [.. parts.Select(part => part.Tensor)],
            default)
    { }

    /// <summary>The first input, [samples, ...]; int64 if it is numbers of tokens.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Tensor Input => _tensors[First(Layout.Inputs, "input")];

    /// <summary>The first target: class indices, int64 [samples], or numbers, [samples, width].</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public Tensor Target => _tensors[First(Layout.Targets, "target")];

    /// <summary>The inputs in order, each with its mask if it was padded.</summary>
    public IReadOnlyList<MaskedTensor> Inputs => field ??= [.. Layout.Inputs.Select(Masked)];

    /// <summary>The targets in order.</summary>
    public IReadOnlyList<Tensor> Targets => field ??= [.. Layout.Targets.Select(place => _tensors[place])];

    /// <summary>What each sample counts in the loss, [samples]; null if all count alike.</summary>
    public Tensor? Weights => Layout.Weights is { } place ? _tensors[place] : null;

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Tensor this[string name] => _tensors[Place(name)];

    /// <summary>All tensors, in the order of the data set's fields, lengths and masks behind them.</summary>
    public IReadOnlyList<Tensor> Tensors => _tensors;

    /// <summary>The names of <see cref="Tensors"/>.</summary>
    public IReadOnlyList<string> Names => [.. Layout.Parts.Select(part => part.Name)];

    /// <summary>The index of each sample in the data set; none if the batch did not come from a loader.</summary>
    public ReadOnlyMemory<int> Samples { get; }

    /// <summary>The number of samples.</summary>
    public int Count => _tensors.Length == 0 || _tensors[0].Rank == 0 ? 0 : _tensors[0].Shape[0];

    internal BatchLayout Layout { get; }

    internal ReadOnlySpan<Tensor> Span => _tensors;

    /// <summary>Which steps of a padded tensor count, bool [samples, steps]; null if it was not padded.</summary>
    /// <exception cref="ArgumentException">There is no tensor of that name.</exception>
    public Tensor? Mask(string name) => Layout.MaskOf(Place(name)) is >= 0 and int place ? _tensors[place] : null;

    /// <summary>How long the sequences of a padded tensor are, int64 [samples]; null if it was not padded.</summary>
    /// <exception cref="ArgumentException">There is no tensor of that name.</exception>
    public Tensor? Lengths(string name)
    {
        Place(name);
        return Layout.IndexOf(name + BatchLayout.LengthsEnding) is >= 0 and int place ? _tensors[place] : null;
    }

    /// <summary>What a model gives for the inputs.</summary>
    internal MaskedTensor[] Outputs(Module model) =>
        Layout.Inputs is [int only] && Layout.MaskOf(only) < 0 ? [model.Forward(_tensors[only])] : model.Forward([.. Inputs]);

    /// <summary>Some samples that stand side by side.</summary>
    internal Batch Piece(int first, int count) =>
        new(
            Layout, Array.ConvertAll(_tensors, tensor => tensor.Narrow(0, first, count).Contiguous()),
            Samples.IsEmpty ? default : Samples.Slice(first, count));

    private MaskedTensor Masked(int place) =>
        Layout.MaskOf(place) is >= 0 and int mask ? new MaskedTensor(_tensors[place], _tensors[mask]) : _tensors[place];

    private int First(int[] places, string role) => places is [int first, ..] ? first
        : throw new InvalidOperationException(
            $"The {role} of a batch of {string.Join(", ", Names)} was asked for, but none of these is one; ask for them by name.");

    private int Place(string name) => Layout.IndexOf(name) is >= 0 and int place ? place
        : throw new ArgumentException($"A batch has no tensor '{name}'; it has {string.Join(", ", Names)}.", nameof(name));
}
