namespace Hebb.Kernels;

/// <summary>Sums over all numbers of each channel.</summary>
internal static unsafe class ChannelSums
{
    /// <summary>sums[c] = Σ x over channel c, in an order that depends on the grid alone.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="grid">Where the channels lie.</param>
    /// <param name="x">The numbers.</param>
    /// <param name="sums">Receives one sum a channel.</param>
    /// <exception cref="ArgumentException">A length does not fit the grid.</exception>
    public static void Run<T>(in ChannelGrid grid, ReadOnlySpan<T> x, Span<T> sums) where T : unmanaged
    {
        grid.Check(nameof(x), x.Length);
        grid.CheckChannels(nameof(sums), sums.Length);
        sums.Clear();
        if (grid.Length == 0) return;
        T* unused = Scratch.Get<T>(ScratchUse.NormChannels, grid.Channels);
        fixed (T* px = x, to = sums) ChannelReduction<T>.Run<PlainSum, NoSource<T>>(grid, px, default, null, null, to, unused);
    }
}
