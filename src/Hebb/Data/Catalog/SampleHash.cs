using System.Text;
using Hebb.Files;

namespace Hebb.Data;

/// <summary>A fingerprint of samples as a model sees them, by which data are recognized whatever their file is called.</summary>
internal static class SampleHash
{
    private const int AtOnce = 256;

    /// <summary>
    /// SHA-256 (FIPS 180-4) of the types, shapes and values of all fields of some sets, one after the other, in hexadecimal.
    /// </summary>
    public static string Of(params ReadOnlySpan<IDataset> sets)
    {
        Sha256 hash = new();
        foreach (IDataset data in sets)
        {
            foreach (int[] samples in Enumerable.Range(0, data.Count).Chunk(AtOnce))
            {
                BatchMemory memory = new(data, samples);
                data.Fill(samples, memory);
                foreach (Tensor tensor in memory.Batch(samples).Tensors)
                {
                    hash.Append(Encoding.UTF8.GetBytes(tensor.Spec.ToString()));
                    hash.Append(TensorArrays.From(tensor).Bytes);
                }
            }
        }
        return hash.Finish();
    }
}
