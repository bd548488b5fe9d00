namespace Hebb.Data;

/// <summary>Some samples as tensors.</summary>
/// <param name="Input">[samples, ...input shape]; int64 if the inputs are numbers of tokens.</param>
/// <param name="Target">Class indices, Int64 [samples], or numbers, [samples, width].</param>
/// <param name="Samples">The index of each sample in the data set.</param>
public sealed record Batch(Tensor Input, Tensor Target, ReadOnlyMemory<int> Samples)
{
    /// <summary>The number of samples.</summary>
    public int Count => Samples.Length;
}
