namespace Hebb.Diagnostics;

/// <summary>
/// Rules of thumb for the width of a single hidden layer, to begin a search with: between the widths of input and output, about two thirds
/// of the input plus the output, and less than twice the input. Too many units with a penalty or dropout do less harm than too few.
/// </summary>
/// <param name="Inputs">Numbers that come in.</param>
/// <param name="Outputs">Numbers that go out.</param>
public sealed record HiddenUnits(int Inputs, int Outputs)
{
    /// <summary>Numbers that come in.</summary>
    public int Inputs { get; } =
        Inputs >= 1 ? Inputs : throw new ArgumentOutOfRangeException(nameof(Inputs), Inputs, "A network has at least one input.");

    /// <summary>Numbers that go out.</summary>
    public int Outputs { get; } =
        Outputs >= 1 ? Outputs : throw new ArgumentOutOfRangeException(nameof(Outputs), Outputs, "A network has at least one output.");

    /// <summary>The smaller of the widths of input and output.</summary>
    public int Least => Math.Min(Inputs, Outputs);

    /// <summary>The larger of the widths of input and output.</summary>
    public int Most => Math.Max(Inputs, Outputs);

    /// <summary>2/3 · inputs + outputs</summary>
    public double TwoThirds => Inputs * 2.0 / 3.0 + Outputs;

    /// <summary>2 · inputs, which the width should stay below.</summary>
    public int Limit => (int)Math.Min(2L * Inputs, int.MaxValue);

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(HiddenUnits), PrintMembers);
}
