namespace Hebb.Layers;

/// <summary>How the outputs of the two directions of a bidirectional layer are joined.</summary>
public enum DirectionMerge
{
    /// <summary>Side by side: 2 H numbers a step, those of the forward direction first.</summary>
    Concat,

    /// <summary>Added: H numbers.</summary>
    Sum,

    /// <summary>Multiplied, number by number: H numbers.</summary>
    Product,
}

/// <summary>Which steps a recurrent layer gives.</summary>
public enum RecurrentOutput
{
    /// <summary>The state h of every step, [N, T, H].</summary>
    EveryStep,

    /// <summary>
    /// The state h after the last step of each sequence, [N, H]; of a layer that reads both ways the last state of each direction.
    /// </summary>
    LastStep,
}

/// <summary>The shape of a recurrent layer beside its sizes.</summary>
public sealed record RecurrentOptions
{
    /// <summary>Layers, each of which reads the outputs of the one before; 1 by default.</summary>
    public int Layers { get; init => field = Argument.AtLeast(value, 1, nameof(Layers)); } = 1;

    /// <summary>Whether each layer also reads the sequences from their ends (Schuster and Paliwal, 1997); false by default.</summary>
    public bool IsBidirectional { get; init; }

    /// <summary>How the two directions are joined; side by side by default.</summary>
    public DirectionMerge Merge { get; init; }

    /// <summary>Which steps the layer gives; every one by default.</summary>
    public RecurrentOutput Output { get; init; }

    /// <summary>Whether there are biases; true by default.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>How likely training drops a number between two layers, from 0 to below 1; 0 by default.</summary>
    public double Dropout { get; init => field = Argument.Below(value, 0, 1, nameof(Dropout)); }

    /// <summary>Whether the states before the first step are trained; otherwise they are 0, unless given.</summary>
    public bool LearnsFirstState { get; init; }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(RecurrentOptions), PrintMembers);
}
