namespace Hebb.Data;

/// <summary>Small patterns that textbooks work with by hand. Every call gives a new tensor.</summary>
public static class Patterns
{
    private static readonly string[] s_letters =
    [
        "001110 010001 011111 010001 010001 000000", "000000 000110 000101 000110 000101 000110",
        "000000 111000 100000 100000 111000 000000", "001110 001000 001100 001000 001110 000000",
    ];

    private static readonly float[] s_patch =
    [
        88, 82, 84, 88, 85, 83, 80, 93, 102,
        88, 80, 78, 80, 80, 78, 73, 94, 100,
        85, 79, 80, 78, 77, 74, 65, 91, 99,
        38, 35, 40, 35, 39, 74, 77, 70, 65,
        20, 25, 23, 28, 37, 69, 64, 60, 57,
        22, 26, 22, 28, 40, 65, 64, 59, 34,
        24, 28, 24, 30, 37, 60, 58, 56, 66,
        21, 22, 23, 27, 38, 60, 67, 65, 67,
        23, 22, 22, 25, 38, 59, 64, 67, 66,
    ];

    /// <summary>
    /// Five words of eight bits that differ from each other in two to six of them, [5, 8] of 0 and 1:
    /// a world that three bits can tell apart.
    /// </summary>
    public static Tensor Words() => Bits(["10100110", "01010101", "01101001", "10001011", "10010101"], zero: 0);

    /// <summary>
    /// Four orthogonal patterns of sixteen signs, [4, 16] of -1 and 1: each half, each quarter, each bit and each pair of bits in turn.
    /// </summary>
    public static Tensor Orthogonal() => Bits(["1111111100000000", "1111000011110000", "1010101010101010", "1100110011001100"], zero: -1);

    /// <summary>
    /// The letters A, B, C and E in 6 x 6 pixels, [4, 6, 6] of 0 and 1. As signs they overlap little: A and E by 8 of 36, B and E by 4, C
    /// and E by 8, others by 0.
    /// </summary>
    public static Tensor Letters() =>
        Bits([.. s_letters.Select(letter => letter.Replace(" ", "", StringComparison.Ordinal))], zero: 0).Reshape(4, 6, 6);

    /// <summary>Random signs, [count, length] of -1 and 1, each as likely as the other.</summary>
    /// <param name="count">How many patterns.</param>
    /// <param name="length">Signs in a pattern.</param>
    /// <param name="seed">Chooses them.</param>
    public static Tensor RandomSigns(int count, int length, ulong seed = 0)
    {
        Argument.AtLeast(count, 0);
        Argument.AtLeast(length, 0);
        return Tensor.Bernoulli([count, length], new Rng(seed, RngStreams.Data), 0.5).Cast(DType.Float32) * 2 - 1;
    }

    /// <summary>Nine by nine gray values of a photograph with a dark edge across and one down, [9, 9] from 20 to 102.</summary>
    public static Tensor GrayPatch() => Tensor.From(s_patch, [9, 9]).Clone();

    private static Tensor Bits(string[] words, float zero) =>
        Tensor.From([.. words.SelectMany(word => word.Select(bit => bit == '1' ? 1 : zero))], [words.Length, words[0].Length]);
}
