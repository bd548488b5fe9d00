namespace Hebb.Data;

public static partial class Synthetic
{
    /// <summary>All 2ⁿ vectors of n bits; class 1 if an odd number of bits is set. For n = 2 this is exclusive or.</summary>
    /// <param name="bits">n, from 1 to 20.</param>
    public static VectorDataset Parity(int bits = 2) => BitVectors(bits, vector => int.PopCount(vector) % 2, "even", "odd");

    /// <summary>All 2ⁿ vectors of n bits; class 1 if two neighboring bits are set.</summary>
    /// <param name="bits">n, from 1 to 20.</param>
    public static VectorDataset ConsecutiveOnes(int bits = 4) =>
        BitVectors(bits, vector => (vector & vector >> 1) != 0 ? 1 : 0, "apart", "consecutive");

    private static VectorDataset BitVectors(int bits, Func<int, int> label, params string[] names)
    {
        Argument.Within(bits, 1, 20);
        int count = 1 << bits;
        float[] inputs = new float[count * bits];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = i / bits >> (bits - 1 - i % bits) & 1; // first bit first, as one writes binary numbers
        return VectorDataset.OfClasses([bits], inputs, [.. Enumerable.Range(0, count).Select(label)], names);
    }
}
