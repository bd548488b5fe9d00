namespace Hebb.Kernels;

/// <summary>The sizes that matrix products are cut by. Only <see cref="KBlock"/> has a say in the result's bits.</summary>
internal static class GemmRules
{
    private const int MaxKBytes = 2048, MaxRows = 2048, MaxColumns = 512;

    /// <summary>Numbers in a row of a packed panel of B: 128 bytes, two registers of the widest lanes, whatever the lanes in use.</summary>
    public static unsafe int Panel<T>() where T : unmanaged => 128 / sizeof(T);

    /// <summary>
    /// Steps of k in one chain of multiply-adds; the sums of the chains are added in order. It depends on k and the type alone: 512 floats
    /// or 256 doubles at most, and equal blocks but for the last.
    /// </summary>
    public static unsafe int KBlock<T>(int k) where T : unmanaged
    {
        int blocks = Parts(k, MaxKBytes / sizeof(T));
        return Parts(k, blocks);
    }

    /// <summary>
    /// Rows and columns of the rectangles of C that threads work on. A block of B for 512 columns fits the second-level cache; tall
    /// rectangles repay copying it. With several threads the rectangles become smaller, so that each thread gets two or more; where B has
    /// to be transposed, which costs several times as much as reading A again, rather fewer columns than fewer rows.
    /// </summary>
    public static (int Rows, int Columns) Cut(int m, int n, int k, int rowUnit, int columnUnit, bool isTurned, int threads)
    {
        const double WorthSharing = 1 << 18;
        const int CostOfTurning = 4;
        int down = Parts(m, MaxRows), across = Parts(n, MaxColumns);
        while (threads > 1 && down * across < 2 * threads && (double)m * n * k > WorthSharing * down * across)
        {
            if (n / across > m / down || (isTurned && CostOfTurning * (n / across) > m / down && n / across > columnUnit)) across++;
            else down++;
        }
        if (across > 1 && down == 1) across = Balanced(Parts(n, columnUnit), across, threads);
        else if (down > 1 && across == 1) down = Balanced(Parts(m, rowUnit), down, threads);
        return (Even(m, down, rowUnit), Even(n, across, columnUnit));
    }

    /// <summary>
    /// How many parts of some units, or a few more, let the threads end at about the same time: whole units rarely divide evenly, and the
    /// last part is then shorter.
    /// </summary>
    private static int Balanced(int units, int parts, int threads)
    {
        int best = parts, least = int.MaxValue;
        for (int more = parts; more <= parts + (2 * threads); more++)
        {
            int size = Parts(units, more), whole = Parts(units, size) - 1, last = units - (whole * size);
            int busiest = Math.Max(Parts(whole, threads) * size, (whole / threads * size) + last);
            if (busiest >= least) continue;
            (best, least) = (more, busiest);
        }
        return best;
    }

    /// <summary>How many parts of a size cover n; at least one.</summary>
    public static int Parts(int n, int size) => n <= size ? 1 : (n - 1) / size + 1;

    private static int Even(int n, int parts, int unit) => Parts(Parts(n, parts), unit) * unit;
}
