namespace Hebb.Data;

/// <summary>Some samples as tensors.</summary>
/// <param name="Inputs">[samples, ...input shape]</param>
/// <param name="Targets">Class indices, Int64 [samples], or numbers, [samples, width].</param>
/// <param name="Samples">The index of each sample in the data set.</param>
public sealed record Batch(Tensor Inputs, Tensor Targets, ReadOnlyMemory<int> Samples)
{
    /// <summary>The number of samples.</summary>
    public int Count => Samples.Length;
}
