namespace Hebb;

/// <summary>What a graph needs for its intermediates when it runs.</summary>
/// <param name="BlockBytes">The size of the one block that holds them all.</param>
/// <param name="LiveBytes">The most bytes that are in use at once, below which no layout can go.</param>
public readonly record struct PlanMemory(long BlockBytes, long LiveBytes)
{
    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(PlanMemory), PrintMembers);
}
