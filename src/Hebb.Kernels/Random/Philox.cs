using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hebb.Kernels;

/// <summary>
/// Random numbers that are a function of (seed, stream, position) alone, from Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011): element i of
/// a fill is the number at position + i, so that any cut into parts, any lane width and any number of threads give the same bits.
/// </summary>
/// <remarks>
/// Fills of floats, truth values and masks use the 32-bit word at each position; fills of doubles and whole numbers the 64-bit word, which
/// shares nothing with it. Positions wrap at 2^64. Fills that overlap in positions are not independent: move on by the number of elements
/// taken, and give each purpose a stream of its own.
/// </remarks>
internal static unsafe class Philox
{
    /// <summary>Uniform on [0, 1), for float or double; see <see cref="Uniform(ulong, ulong, ulong, Span{float})"/>.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="position">The position of the first number.</param>
    /// <param name="y">The numbers.</param>
    public static void Uniform<T>(ulong seed, ulong stream, ulong position, Span<T> y) where T : unmanaged
    {
        if (typeof(T) == typeof(float)) Uniform(seed, stream, position, MemoryMarshal.Cast<T, float>(y));
        else Uniform(seed, stream, position, MemoryMarshal.Cast<T, double>(y));
    }

    /// <summary>
    /// Normal with mean 0 and variance 1, for float or double; see <see cref="Normal(ulong, ulong, ulong, Span{float})"/>.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="position">The position of the first number.</param>
    /// <param name="y">The numbers.</param>
    public static void Normal<T>(ulong seed, ulong stream, ulong position, Span<T> y) where T : unmanaged
    {
        if (typeof(T) == typeof(float)) Normal(seed, stream, position, MemoryMarshal.Cast<T, float>(y));
        else Normal(seed, stream, position, MemoryMarshal.Cast<T, double>(y));
    }

    /// <summary>Uniform on [0, 1): whole multiples of 2^-24.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="position">The position of the first number.</param>
    /// <param name="y">The numbers.</param>
    public static void Uniform(ulong seed, ulong stream, ulong position, Span<float> y) =>
        PhiloxFill.Go(seed, stream, position, y, PhiloxFill.Floats, &PhiloxWords.Uniform, default);

    /// <summary>Uniform on [0, 1): whole multiples of 2^-53.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="position">The position of the first number.</param>
    /// <param name="y">The numbers.</param>
    public static void Uniform(ulong seed, ulong stream, ulong position, Span<double> y) =>
        PhiloxFill.Go(seed, stream, position, y, PhiloxFill.Doubles, &PhiloxWords.UniformDoubles, default);

    /// <summary>
    /// Normal with mean 0 and variance 1 (Box and Muller 1958): √(-2 ln u) cos 2πt and √(-2 ln u) sin 2πt at positions 32 apart, from the
    /// 32-bit words there; |y| ≤ 6.7.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="position">The position of the first number.</param>
    /// <param name="y">The numbers.</param>
    public static void Normal(ulong seed, ulong stream, ulong position, Span<float> y) =>
        PhiloxFill.Go(seed, stream, position, y, PhiloxFill.Floats, &PhiloxNormal.Floats, default);

    /// <summary>
    /// Normal with mean 0 and variance 1 (Box and Muller 1958): √(-2 ln u) cos 2πt and √(-2 ln u) sin 2πt at positions 16 apart, from the
    /// 64-bit words there; |y| ≤ 9.5.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="position">The position of the first number.</param>
    /// <param name="y">The numbers.</param>
    public static void Normal(ulong seed, ulong stream, ulong position, Span<double> y) =>
        PhiloxFill.Go(seed, stream, position, y, PhiloxFill.Doubles, &PhiloxNormal.Doubles, default);

    /// <summary>
    /// A value with a probability, else 0, for float or double; see
    /// <see cref="Bernoulli(ulong, ulong, ulong, double, float, Span{float})"/>.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="position">The position of the first number.</param>
    /// <param name="probability">The probability, from 0 to 1.</param>
    /// <param name="value">The value.</param>
    /// <param name="y">The numbers.</param>
    public static void Bernoulli<T>(ulong seed, ulong stream, ulong position, double probability, T value, Span<T> y) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            Bernoulli(seed, stream, position, probability, Unsafe.BitCast<T, float>(value), MemoryMarshal.Cast<T, float>(y));
        else Bernoulli(seed, stream, position, probability, Unsafe.BitCast<T, double>(value), MemoryMarshal.Cast<T, double>(y));
    }

    /// <summary>
    /// True with a probability, rounded up to a multiple of 2^-24: where <see cref="Uniform(ulong, ulong, ulong, Span{float})"/> is less.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="position">The position of the first number.</param>
    /// <param name="probability">The probability, from 0 to 1.</param>
    /// <param name="y">The truth values.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not from 0 to 1.</exception>
    public static void Bernoulli(ulong seed, ulong stream, ulong position, double probability, Span<bool> y) =>
        PhiloxFill.Go(seed, stream, position, y, PhiloxFill.Floats, &PhiloxWords.Truths, new(Threshold(probability)));

    /// <summary>A value with a probability and else 0, as in dropout: the same places as those of the truth values.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="position">The position of the first number.</param>
    /// <param name="probability">The probability of the value, from 0 to 1, rounded up to a multiple of 2^-24.</param>
    /// <param name="value">The value.</param>
    /// <param name="y">The numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not from 0 to 1.</exception>
    public static void Bernoulli(ulong seed, ulong stream, ulong position, double probability, float value, Span<float> y) =>
        PhiloxFill.Go(seed, stream, position, y, PhiloxFill.Floats, &PhiloxWords.Masks,
            new(Threshold(probability), BitConverter.SingleToInt32Bits(value)));

    /// <summary>A value with a probability and else 0, as in dropout: the same places as those of the truth values.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="position">The position of the first number.</param>
    /// <param name="probability">The probability of the value, from 0 to 1, rounded up to a multiple of 2^-24.</param>
    /// <param name="value">The value.</param>
    /// <param name="y">The numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not from 0 to 1.</exception>
    public static void Bernoulli(ulong seed, ulong stream, ulong position, double probability, double value, Span<double> y) =>
        PhiloxFill.Go(seed, stream, position, y, PhiloxFill.Floats, &PhiloxWords.WideMasks,
            new(Threshold(probability), BitConverter.DoubleToInt64Bits(value)));

    /// <summary>
    /// Whole numbers 0 … n - 1, all equally likely: the upper half of a 64-bit word times n; a word whose lower half would favor some
    /// numbers (Lemire 2019: Fast random integer generation in an interval) is replaced by that of the seed plus 0x9E3779B97F4A7C15.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="position">The position of the first number.</param>
    /// <param name="n">How many numbers there are to choose from, at least 1.</param>
    /// <param name="y">The numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1.</exception>
    public static void Integers(ulong seed, ulong stream, ulong position, long n, Span<long> y)
    {
        if (n < 1)
            throw new ArgumentOutOfRangeException(nameof(n), $"Whole numbers below {n} were asked for; give a bound of at least 1.");
        PhiloxFill.Go(seed, stream, position, y, PhiloxFill.Doubles, &PhiloxWords.Integers, new(n));
    }

    /// <summary>
    /// The numbers 0 … n - 1 in random order, n being the length of the span, all orders equally likely as far as the seed allows (Fisher
    /// and Yates 1938, Durstenfeld 1964): from the last place to the second, place i is exchanged with one of 0 … i, drawn at position + i.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="position">The position of the first number; the permutation takes as many positions as it has places.</param>
    /// <param name="order">The permutation.</param>
    [SkipLocalsInit]
    public static void Permutation(ulong seed, ulong stream, ulong position, Span<int> order)
    {
        const int Tile = 256;
        ulong* words = stackalloc ulong[Tile];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        for (int end = order.Length; end > 1;)
        {
            int from = Math.Max(0, end - Tile);
            Span<ulong> drawn = new(words, end - from);
            PhiloxFill.Go(seed, stream, position + (ulong)from, drawn, PhiloxFill.Doubles, &PhiloxWords.Copy, default);
            for (int i = end - 1; i >= Math.Max(1, from); i--)
            {
                int other = (int)PhiloxWords.Below(words[i - from], (ulong)i + 1, seed, stream, position + (ulong)i);
                (order[i], order[other]) = (order[other], order[i]);
            }
            end = from;
        }
    }

    private static long Threshold(double probability) => probability is >= 0 and <= 1
        ? (long)Math.Ceiling(probability * (1 << 24))
        : throw new ArgumentOutOfRangeException(
            nameof(probability), $"A probability of {probability} was given; give one from 0 to 1.");
}
