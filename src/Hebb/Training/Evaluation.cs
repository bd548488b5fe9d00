namespace Hebb.Training;

/// <summary>What a look at some samples found.</summary>
/// <param name="Loss">Mean loss; NaN if no sample counts.</param>
/// <param name="Score">Accuracy or R².</param>
/// <param name="Count">How many samples.</param>
public sealed record Evaluation(double Loss, double Score, long Count)
{
    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(Evaluation), PrintMembers);
}
