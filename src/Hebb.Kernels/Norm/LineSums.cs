using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Two sums over the numbers of a line: what each number adds to them.</summary>
internal interface ILineTerm
{
    /// <summary>Whether a second array is read beside the line.</summary>
    static abstract bool ReadsSecond { get; }

    /// <summary>Whether an array of factors is read beside the line.</summary>
    static abstract bool ReadsFactor { get; }

    /// <summary>Whether there is a second sum.</summary>
    static abstract bool SumsTwo { get; }

    /// <summary>Adds one number a, with b and the factor at its place and the numbers of its line.</summary>
    static abstract void Add<V>(V a, V b, V factor, V mean, V scale, ref V first, ref V second) where V : struct, ILane<V>;
}

/// <summary>
/// Sums over lines of gap-free numbers, several lines at a time. Element i of a line goes to virtual lane i mod L, where L is four
/// times as many as elsewhere so that sums do not wait for each other; the lanes of a line are joined in a fixed tree, for all lines at
/// once in a transposed tile.
/// </summary>
internal readonly unsafe ref struct LineSums<T> where T : unmanaged
{
    private readonly T* _first, _second, _turned;

    /// <summary>Sums in working memory of <see cref="WorkLength"/> numbers, aligned to a cache line.</summary>
    public LineSums(T* work)
    {
        _first = work;
        _second = work + (Most * Most);
        _turned = work + (2 * Most * Most);
    }

    /// <summary>The most lines at a time: 16 floats, 8 doubles.</summary>
    public static int Most { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => VirtualLanes.Count<T>(); }

    /// <summary>How many numbers of working memory the sums need.</summary>
    public static int WorkLength => 3 * Most * Most;

    private static int LaneCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 4 * VirtualLanes.Count<T>(); }

    /// <summary>Sums one line, as line number <paramref name="line"/> of those that are joined together.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add<TTerm, V>(int line, T* a, T* b, T* factor, int length, V mean, V scale)
        where TTerm : struct, ILineTerm where V : struct, ILane<V, T>
    {
        T* lanes = stackalloc T[2 * LaneCount];
        int whole = length / V.Count * V.Count;
        for (int lane = 0; lane < LaneCount; lane += 4 * V.Count)
        {
            V f0 = V.Of(0), f1 = f0, f2 = f0, f3 = f0, s0 = f0, s1 = f0, s2 = f0, s3 = f0;
            int i = lane;
            for (; i <= whole - (4 * V.Count); i += LaneCount)
            {
                Step<TTerm, V>(a, b, factor, i, mean, scale, ref f0, ref s0);
                Step<TTerm, V>(a, b, factor, i + V.Count, mean, scale, ref f1, ref s1);
                Step<TTerm, V>(a, b, factor, i + (2 * V.Count), mean, scale, ref f2, ref s2);
                Step<TTerm, V>(a, b, factor, i + (3 * V.Count), mean, scale, ref f3, ref s3);
            }
            if (i < whole) Step<TTerm, V>(a, b, factor, i, mean, scale, ref f0, ref s0);
            if (i + V.Count < whole) Step<TTerm, V>(a, b, factor, i + V.Count, mean, scale, ref f1, ref s1);
            if (i + (2 * V.Count) < whole) Step<TTerm, V>(a, b, factor, i + (2 * V.Count), mean, scale, ref f2, ref s2);
            VirtualLanes.Store(lanes + lane, f0, f1, f2, f3);
            if (TTerm.SumsTwo) VirtualLanes.Store(lanes + LaneCount + lane, s0, s1, s2, s3);
        }
        for (int i = whole; i < length; i++) Last<TTerm>(a, b, factor, i, V.GetLane(mean, 0), V.GetLane(scale, 0), lanes + (i % LaneCount));
        Fold<V>(lanes, _first + (line * Most));
        if (TTerm.SumsTwo) Fold<V>(lanes + LaneCount, _second + (line * Most));
    }

    /// <summary>
    /// Writes the first sum of each line; <see cref="Most"/> numbers, of which those of lines that were not added mean nothing.
    /// </summary>
    public void Join<V>(T* first) where V : struct, ILane<V, T> => Join<V>(_first, first, _turned);

    /// <summary>Writes both sums of each line, as the other.</summary>
    public void Join<V>(T* first, T* second) where V : struct, ILane<V, T>
    {
        Join<V>(_first, first, _turned);
        Join<V>(_second, second, _turned);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TTerm, V>(T* a, T* b, T* factor, int i, V mean, V scale, ref V first, ref V second)
        where TTerm : struct, ILineTerm where V : struct, ILane<V, T>
    {
        V x = V.Load(a + i);
        TTerm.Add(x, TTerm.ReadsSecond ? V.Load(b + i) : x, TTerm.ReadsFactor ? V.Load(factor + i) : x, mean, scale, ref first, ref second);
    }

    // A number behind the last whole register.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Last<TTerm>(T* a, T* b, T* factor, int i, double mean, double scale, T* lane) where TTerm : struct, ILineTerm
    {
        W1<T> first = W1<T>.Load(lane), second = TTerm.SumsTwo ? W1<T>.Load(lane + LaneCount) : first;
        Step<TTerm, W1<T>>(a, b, factor, i, W1<T>.Of(mean), W1<T>.Of(scale), ref first, ref second);
        W1<T>.Store(lane, first);
        if (TTerm.SumsTwo) W1<T>.Store(lane + LaneCount, second);
    }

    // To as many lanes as elsewhere.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fold<V>(T* lanes, T* to) where V : struct, ILane<V, T>
    {
        for (int i = 0; i < Most; i += V.Count)
        {
            V even = V.Load(lanes + i) + V.Load(lanes + i + (2 * Most)), odd = V.Load(lanes + i + Most) + V.Load(lanes + i + (3 * Most));
            V.Store(to + i, even + odd);
        }
    }

    // Row l of the turned tile holds lane l of every line; its upper half is added to the lower until one row is left.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Join<V>(T* tile, T* sums, T* turned) where V : struct, ILane<V, T>
    {
        Transposition.Run(tile, Most, turned, Most, Most, Most);
        for (int half = Most / 2; half > 0; half /= 2)
            for (int i = 0; i < half * Most; i += V.Count) V.Store(turned + i, V.Load(turned + i) + V.Load(turned + i + (half * Most)));
        for (int i = 0; i < Most; i += V.Count) V.Store(sums + i, V.Load(turned + i));
    }
}

/// <summary>Σ a</summary>
internal readonly struct LineTotal : ILineTerm
{
    public static bool ReadsSecond { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => false; }

    public static bool ReadsFactor { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => false; }

    public static bool SumsTwo { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => false; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<V>(V a, V b, V factor, V mean, V scale, ref V first, ref V second) where V : struct, ILane<V> => first += a;
}

/// <summary>Σ (a - mean) and Σ (a - mean)²; the first corrects the second for the rounding of the mean.</summary>
internal readonly struct LineDeviations : ILineTerm
{
    public static bool ReadsSecond { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => false; }

    public static bool ReadsFactor { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => false; }

    public static bool SumsTwo { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => true; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<V>(V a, V b, V factor, V mean, V scale, ref V first, ref V second) where V : struct, ILane<V>
    {
        V d = a - mean;
        first += d;
        second = V.Fma(d, d, second);
    }
}

/// <summary>Σ b and Σ b x̂, where x̂ = (a - mean) · scale.</summary>
internal readonly struct LineGradients : ILineTerm
{
    public static bool ReadsSecond { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => true; }

    public static bool ReadsFactor { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => false; }

    public static bool SumsTwo { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => true; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<V>(V a, V b, V factor, V mean, V scale, ref V first, ref V second) where V : struct, ILane<V>
    {
        first += b;
        second = V.Fma(b, (a - mean) * scale, second);
    }
}

/// <summary>Σ γ b and Σ γ b x̂, where x̂ = (a - mean) · scale and γ are the factors.</summary>
internal readonly struct LineScaledGradients : ILineTerm
{
    public static bool ReadsSecond { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => true; }

    public static bool ReadsFactor { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => true; }

    public static bool SumsTwo { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => true; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<V>(V a, V b, V factor, V mean, V scale, ref V first, ref V second) where V : struct, ILane<V> =>
        LineGradients.Add(a, b * factor, factor, mean, scale, ref first, ref second);
}
