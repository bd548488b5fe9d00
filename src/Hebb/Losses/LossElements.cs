namespace Hebb.Losses;

/// <summary>What a loss says of an output and a target before anything is summed.</summary>
/// <param name="Losses">
/// The loss of each element, with the samples along axis 0 and the steps of sequences along axis 1; 0 where an element does not count.
/// </param>
/// <param name="Counts">
/// What each element counts in a mean, in the same shape, such as class weights, or bool; null if each counts 1.
/// </param>
public readonly record struct LossElements(Tensor Losses, Tensor? Counts = null)
{
    /// <summary>Elements that all count alike.</summary>
    public static implicit operator LossElements(Tensor losses) => new(losses);
}
