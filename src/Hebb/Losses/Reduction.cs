namespace Hebb.Losses;

/// <summary>What becomes of the losses of single elements or samples.</summary>
public enum Reduction
{
    /// <summary>They stay as they are.</summary>
    None,

    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>
    /// Their mean: over all elements, or over samples where a sample has one loss (weighted by class weights where there are any). The
    /// default but for the squared error.
    /// </summary>
    Mean,

    /// <summary>
    /// The sum over the outputs of a sample, and the mean of that over samples (axis 0). The default of the squared error.
    /// </summary>
    MeanOverSamples,
}
