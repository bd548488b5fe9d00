using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Philox4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, 2011): a block of four 32-bit words as a
/// function of a 128-bit counter and a 64-bit key. The key is the seed; the counter is the block's number and, above it, the stream.
/// </summary>
/// <remarks>
/// Blocks come in groups of 16. A group gives 64 words of 32 bits: word 16 j + i is word j of block i. Or it gives 32 words of 64 bits:
/// word 16 j + i is words 2 j (lower half) and 2 j + 1 of block i; their block numbers have the top bit set, so that the two kinds never
/// share numbers. The order is a format: a seed gives the same numbers in every version.
/// </remarks>
internal static unsafe class PhiloxBlocks
{
    /// <summary>How many words of 32 bits a group of blocks gives.</summary>
    public const int Group = 64;

    private const int Rounds = 10;
    private const int Blocks = 16;
    private const ulong Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    private const ulong Low = uint.MaxValue;
    private const ulong WideKind = 1UL << 63;

    /// <summary>The words of 32 bits of some groups, from a group on.</summary>
    public static void Words(ulong seed, ulong stream, ulong group, uint* words, int groups)
    {
        if (Lanes.Width == 512) Run<U512, Narrow>(seed, stream, group * Blocks, (ulong*)words, groups);
        else if (Lanes.Width == 256) Run<U256, Narrow>(seed, stream, group * Blocks, (ulong*)words, groups);
        else Run<U64, Narrow>(seed, stream, group * Blocks, (ulong*)words, groups);
    }

    /// <summary>The words of 64 bits of some groups, from a group on.</summary>
    public static void WideWords(ulong seed, ulong stream, ulong group, ulong* words, int groups)
    {
        if (Lanes.Width == 512) Run<U512, Wide>(seed, stream, (group * Blocks) | WideKind, words, groups);
        else if (Lanes.Width == 256) Run<U256, Wide>(seed, stream, (group * Blocks) | WideKind, words, groups);
        else Run<U64, Wide>(seed, stream, (group * Blocks) | WideKind, words, groups);
    }

    /// <summary>The four words of one block.</summary>
    public static (uint W0, uint W1, uint W2, uint W3) Block(ulong key, ulong low, ulong high)
    {
        ulong* keys = stackalloc ulong[2 * Rounds];
        Schedule<U64>(key, (U64*)keys);
        State<U64> s = new(U64.Of(low), U64.Of(high));
        for (int round = 0; round < Rounds; round++) s.Round((U64*)keys + (2 * round));
        ulong* words = stackalloc ulong[2];
        U64.Store(words, (s.C0 & U64.Of(Low)) | (s.C1 << 32));
        U64.Store(words + 1, (s.C2 & U64.Of(Low)) | (s.C3 << 32));
        return ((uint)words[0], (uint)(words[0] >> 32), (uint)words[1], (uint)(words[1] >> 32));
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<U, TKind>(ulong seed, ulong stream, ulong block, ulong* words, int groups)
        where U : unmanaged, IWide<U> where TKind : struct, IKind
    {
        U* keys = stackalloc U[2 * Rounds];
        Schedule(seed, keys);
        ulong* numbers = stackalloc ulong[2 * U.Count];
        TKind.Number<U>(numbers);
        U first = U.Load(numbers), second = U.Load(numbers + U.Count), high = U.Of(stream);
        for (int group = 0; group < groups; group++, words += Group / 2, block += Blocks)
        {
            for (int at = 0; at < Blocks; at += 2 * U.Count)
            {
                U start = U.Of(block + (ulong)at);
                State<U> a = new(first + start, high), b = new(second + start, high);
                for (int round = 0; round < Rounds; round++)
                {
                    a.Round(keys + (2 * round));
                    b.Round(keys + (2 * round));
                }
                TKind.Store(words, at, a, b);
            }
        }
    }

    /// <summary>The two keys of each round.</summary>
    private static void Schedule<U>(ulong key, U* keys) where U : unmanaged, IWide<U>
    {
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++, k0 += Weyl0, k1 += Weyl1)
        {
            keys[2 * round] = U.Of(k0);
            keys[(2 * round) + 1] = U.Of(k1);
        }
    }

    /// <summary>Blocks on their way: each 64-bit place holds one 32-bit word in its lower half, and anything in the upper.</summary>
    private struct State<U>(U low, U high) where U : unmanaged, IWide<U>
    {
        public U C0 = low, C1 = low >>> 32, C2 = high, C3 = high >>> 32;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Round(U* keys)
        {
            U p0 = U.Multiply(C0, U.Of(Multiplier0)), p1 = U.Multiply(C2, U.Of(Multiplier1));
            C0 = (p1 >>> 32) ^ (C1 ^ keys[0]); // the product comes last: it is what takes time
            C1 = p1;
            C2 = (p0 >>> 32) ^ (C3 ^ keys[1]);
            C3 = p0;
        }
    }

    /// <summary>How the blocks in two states are numbered, and their words ordered.</summary>
    private interface IKind
    {
        static abstract void Number<U>(ulong* numbers) where U : unmanaged, IWide<U>;

        static abstract void Store<U>(ulong* words, int at, in State<U> a, in State<U> b) where U : unmanaged, IWide<U>;
    }

    private readonly struct Narrow : IKind
    {
        public static void Number<U>(ulong* numbers) where U : unmanaged, IWide<U>
        {
            for (int i = 0; i < U.Count; i++) (numbers[i], numbers[i + U.Count]) = ((ulong)(2 * i), (ulong)((2 * i) + 1));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store<U>(ulong* words, int at, in State<U> a, in State<U> b) where U : unmanaged, IWide<U>
        {
            words += at / 2;
            U low = U.Of(Low);
            U.Store(words, (a.C0 & low) | (b.C0 << 32));
            U.Store(words + 8, (a.C1 & low) | (b.C1 << 32));
            U.Store(words + 16, (a.C2 & low) | (b.C2 << 32));
            U.Store(words + 24, (a.C3 & low) | (b.C3 << 32));
        }
    }

    private readonly struct Wide : IKind
    {
        public static void Number<U>(ulong* numbers) where U : unmanaged, IWide<U>
        {
            for (int i = 0; i < 2 * U.Count; i++) numbers[i] = (ulong)i;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store<U>(ulong* words, int at, in State<U> a, in State<U> b) where U : unmanaged, IWide<U>
        {
            words += at;
            U low = U.Of(Low);
            U.Store(words, (a.C0 & low) | (a.C1 << 32));
            U.Store(words + U.Count, (b.C0 & low) | (b.C1 << 32));
            U.Store(words + 16, (a.C2 & low) | (a.C3 << 32));
            U.Store(words + 16 + U.Count, (b.C2 & low) | (b.C3 << 32));
        }
    }
}
