namespace Hebb.Diagnostics;

/// <summary>One layer of a model, as a pass of shapes without data found it.</summary>
/// <param name="Name">Its place in the model.</param>
/// <param name="Layer">What it prints of itself.</param>
/// <param name="Output">The shape of its result, the batch first.</param>
/// <param name="Parameters">Numbers that training changes, not counting shared ones again.</param>
/// <param name="ReceptiveField">
/// How many input rows one row of the result sees, or positions of sequences, or slices of volumes; 0 where no window has moved over them.
/// </param>
/// <param name="Flops">Floating-point operations of the forward pass over the batch, a multiply-add counted as two.</param>
/// <param name="TrainingBytes">
/// Memory of those of its results over the batch that must stay until the backward pass, because gradients read them.
/// </param>
/// <param name="InferenceBytes">
/// Memory of all intermediates that are in use at once while it runs without gradients, its own included.
/// </param>
public sealed record LayerSummary(
    string Name, string Layer, Shape Output, long Parameters, int ReceptiveField, double Flops, long TrainingBytes, long InferenceBytes)
{
    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(LayerSummary), PrintMembers);
}
