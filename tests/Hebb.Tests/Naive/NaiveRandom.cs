using Hebb.Ops;

namespace Hebb.Tests.Naive;

/// <summary>
/// Random numbers: Philox4x32-10 as its paper defines it (Salmon, Moraes, Dror and Shaw, Parallel random numbers: as easy as 1, 2, 3,
/// 2011), and the order of its words that Hebb has made a format: 16 blocks give 64 words, first of all blocks the first word, then of all
/// the second, and so on.
/// </summary>
internal static class NaiveRandom
{
    public static void AddTo(KernelTable table)
    {
        table.Add<RandomUniform>((op, _, y) => Fill(y[0], op.Key, (key, at) => op.DType == DType.Float32
            ? (Word(key, at) >> 8) / Math.Pow(2, 24)
            : (WideWord(key.Seed, key.Stream, at) >> 11) / Math.Pow(2, 53)));
        table.Add<RandomNormal>((op, _, y) => Fill(y[0], op.Key, op.DType == DType.Float32 ? Normal : WideNormal));
        table.Add<RandomMask>((op, _, y) => Fill(y[0], op.Key, (key, at) => Holds(key, at, op.Probability) ? op.Value : 0));
        table.Add<RandomTruths>((op, _, y) => Fill(y[0], op.Key, (key, at) => Holds(key, at, op.Probability) ? 1 : 0));
        table.Add<RandomIntegers>((op, _, y) =>
        {
            for (int i = 0; i < y[0].Count; i++) y[0].Whole[i] = (long)Below((ulong)op.Count, op.Key, op.Key.Position + (ulong)i);
        });
        table.Add<RandomPermutation>((op, _, y) =>
        {
            long[] order = y[0].Whole;
            for (int i = 0; i < order.Length; i++) order[i] = i;
            for (int i = order.Length - 1; i > 0; i--)
            {
                int other = (int)Below((ulong)i + 1, op.Key, op.Key.Position + (ulong)i);
                (order[i], order[other]) = (order[other], order[i]);
            }
        });
    }

    private static void Fill(Numbers y, RandomKey key, Func<RandomKey, ulong, double> number)
    {
        ulong first = key.Position;
        for (int i = 0; i < y.Count; i++) y.Real[i] = number(key, first + (ulong)i);
    }

    private static bool Holds(RandomKey key, ulong at, double probability) =>
        (Word(key, at) >> 8) < Math.Ceiling(probability * Math.Pow(2, 24));

    /// <summary>
    /// √(-2 ln u) cos 2πt or sin 2πt (Box and Muller, 1958) for the first and the second half of 64 numbers. u is rounded to float as the
    /// format says, since near 1 its last bit counts.
    /// </summary>
    private static double Normal(RandomKey key, ulong at)
    {
        ulong pair = at / 64 * 64 + at % 32;
        float u = (float)(Word(key, pair) >> 1) * (1f / (1u << 31)) + 0.5f / (1u << 31);
        return BoxMuller(u, (Word(key, pair + 32) >> 8) / Math.Pow(2, 24), at % 64 < 32);
    }

    private static double WideNormal(RandomKey key, ulong at)
    {
        ulong pair = at / 32 * 32 + at % 16;
        double u = (WideWord(key.Seed, key.Stream, pair) >> 1) * Math.Pow(2, -63) + Math.Pow(2, -64);
        return BoxMuller(u, (WideWord(key.Seed, key.Stream, pair + 16) >> 11) / Math.Pow(2, 53), at % 32 < 16);
    }

    private static double BoxMuller(double u, double turns, bool isCosine) =>
        Math.Sqrt(-2 * Math.Log(u)) * (isCosine ? Math.Cos(2 * Math.PI * turns) : Math.Sin(2 * Math.PI * turns));

    /// <summary>
    /// A whole number below n: the upper half of word times n; words that would favor some numbers are replaced (Lemire, 2019).
    /// </summary>
    private static ulong Below(ulong n, RandomKey key, ulong at)
    {
        for (ulong seed = key.Seed; ; seed += 0x9E3779B97F4A7C15)
        {
            UInt128 product = (UInt128)WideWord(seed, key.Stream, at) * n;
            if ((ulong)product >= (0 - n) % n) return (ulong)(product >> 64);
        }
    }

    private static uint Word(RandomKey key, ulong at) => Block(key.Seed, at / 64 * 16 + at % 16, key.Stream)[at % 64 / 16];

    private static ulong WideWord(ulong seed, ulong stream, ulong at)
    {
        uint[] words = Block(seed, (at / 32 * 16 + at % 16) | (1UL << 63), stream);
        ulong pair = at % 32 / 16 * 2;
        return words[pair] | ((ulong)words[pair + 1] << 32);
    }

    private static uint[] Block(ulong key, ulong low, ulong high)
    {
        uint[] c = [(uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32)];
        (uint k0, uint k1) = ((uint)key, (uint)(key >> 32));
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * c[0], p1 = 0xCD9E8D57UL * c[2];
            c = [(uint)(p1 >> 32) ^ c[1] ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c[3] ^ k1, (uint)p0];
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return c;
    }
}
