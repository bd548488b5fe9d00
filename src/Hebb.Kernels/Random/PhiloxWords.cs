using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hebb.Kernels;

/// <summary>Turns random words into elements, one by one. All steps are exact, so that vectors and single numbers agree.</summary>
internal static unsafe class PhiloxWords
{
    private const float FloatUnit = 1f / (1 << 24);
    private const double DoubleUnit = 1d / (1L << 53);

    /// <summary>The upper 24 bits of 32, over 2^24.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Uniform(void* words, in PhiloxPart part, in PhiloxRule rule, void* elements)
    {
        uint* w = (uint*)words + part.Skip;
        float* y = (float*)elements;
        int i = 0;
        for (; i <= part.Count - 8; i += 8)
            (Vector256.ConvertToSingle((Vector256.Load(w + i) >>> 8).AsInt32()) * FloatUnit).Store(y + i);
        for (; i < part.Count; i++) y[i] = (int)(w[i] >> 8) * FloatUnit;
    }

    /// <summary>The upper 53 bits of 64, over 2^53.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void UniformDoubles(void* words, in PhiloxPart part, in PhiloxRule rule, void* elements)
    {
        ulong* w = (ulong*)words + part.Skip;
        double* y = (double*)elements;
        int i = 0;
        for (; i <= part.Count - 4; i += 4)
            (Vector256.ConvertToDouble((Vector256.Load(w + i) >>> 11).AsInt64()) * DoubleUnit).Store(y + i);
        for (; i < part.Count; i++) y[i] = (long)(w[i] >> 11) * DoubleUnit;
    }

    /// <summary>Whether the upper 24 bits of 32 are below the bound.</summary>
    public static void Truths(void* words, in PhiloxPart part, in PhiloxRule rule, void* elements)
    {
        int* w = (int*)words + part.Skip;
        Masks(w, part with { Skip = 0 }, rule with { Value = -1 }, w);
        Kernels.Masks.Narrow(w, (byte*)elements, part.Count);
    }

    /// <summary>The value's lower 32 bits where the upper 24 bits of 32 are below the bound, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Masks(void* words, in PhiloxPart part, in PhiloxRule rule, void* elements)
    {
        uint* w = (uint*)words + part.Skip;
        int* y = (int*)elements;
        int i = 0, bound = (int)rule.Bound, value = (int)rule.Value;
        for (; i <= part.Count - 8; i += 8)
            (Vector256.LessThan((Vector256.Load(w + i) >>> 8).AsInt32(), Vector256.Create(bound)) & Vector256.Create(value)).Store(y + i);
        for (; i < part.Count; i++) y[i] = (int)(w[i] >> 8) < bound ? value : 0;
    }

    /// <summary>The value's 64 bits where the upper 24 bits of 32 are below the bound, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WideMasks(void* words, in PhiloxPart part, in PhiloxRule rule, void* elements)
    {
        uint* w = (uint*)words + part.Skip;
        long* y = (long*)elements;
        for (int i = 0; i < part.Count; i++) y[i] = (((w[i] >> 8) - rule.Bound) >> 63) & rule.Value; // a sign, so as not to jump at random
    }

    /// <summary>The words themselves.</summary>
    public static void Copy(void* words, in PhiloxPart part, in PhiloxRule rule, void* elements) =>
        new ReadOnlySpan<ulong>((ulong*)words + part.Skip, part.Count).CopyTo(new Span<ulong>(elements, part.Count));

    /// <summary>Whole numbers below the bound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Integers(void* words, in PhiloxPart part, in PhiloxRule rule, void* elements)
    {
        ulong* w = (ulong*)words + part.Skip, y = (ulong*)elements;
        for (int i = 0; i < part.Count; i++) y[i] = Below(w[i], (ulong)rule.Bound, part.Seed, part.Stream, part.Position + (ulong)i);
    }

    /// <summary>A whole number below n from a word, replaced by those of further seeds while it would favor some numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Below(ulong word, ulong n, ulong seed, ulong stream, ulong position)
    {
        ulong result = Math.BigMul(word, n, out ulong low);
        return low >= n ? result : BelowAgain(result, low, n, seed, stream, position);
    }

    [SkipLocalsInit]
    private static ulong BelowAgain(ulong result, ulong low, ulong n, ulong seed, ulong stream, ulong position)
    {
        ulong uneven = (0 - n) % n;
        ulong* words = stackalloc ulong[PhiloxFill.Doubles];
        while (low < uneven)
        {
            seed += 0x9E3779B97F4A7C15;
            PhiloxBlocks.WideWords(seed, stream, position / PhiloxFill.Doubles, words, 1);
            result = Math.BigMul(words[position % PhiloxFill.Doubles], n, out low);
        }
        return result;
    }
}
