namespace Hebb.Kernels;

/// <summary>
/// Where the numbers of each channel lie in gap-free memory: either in runs that follow each other (channels outside), or side by side
/// with those of the other channels in rows (channels last).
/// </summary>
/// <param name="Channels">How many channels.</param>
/// <param name="Runs">Runs of a channel; rows when channels are last.</param>
/// <param name="RunLength">Numbers of a run; 1 when channels are last.</param>
/// <param name="RunStride">Numbers from one run, or row, to the next.</param>
/// <param name="ChannelStride">Numbers from one channel to the next; 1 when channels are last.</param>
internal readonly record struct ChannelGrid(int Channels, int Runs, int RunLength, int RunStride, int ChannelStride)
{
    /// <summary>Order N, C, S: a run of S numbers for each of N samples.</summary>
    public static ChannelGrid Plain(int n, int c, int s) => new(c, n, s, checked(c * s), s);

    /// <summary>Order C, S, N (or C, N, S): a single run a channel.</summary>
    public static ChannelGrid ChannelsFirst(int n, int c, int s) => new(c, 1, checked(n * s), checked(n * s), checked(n * s));

    /// <summary>Order N, S, C: channels side by side.</summary>
    public static ChannelGrid ChannelsLast(int n, int c, int s) => new(c, checked(n * s), 1, c, 1);

    /// <summary>Numbers of one channel.</summary>
    public int Count => Runs * RunLength;

    /// <summary>Numbers of all channels.</summary>
    public long Length => (long)Channels * Runs * RunLength;

    /// <summary>Whether channels lie side by side, so that lanes run over channels.</summary>
    internal bool IsLast => ChannelStride == 1 && RunStride == Channels && RunLength == 1;

    internal void Check(string name, int length)
    {
        if (length != Length)
            throw new ArgumentException($"{name} has {length} numbers, but {Channels} channels of {Count} have {Length}; pass as many.");
    }

    internal void CheckChannels(string name, int length)
    {
        if (length != Channels)
            throw new ArgumentException($"{name} has {length} numbers for {Channels} channels; pass one for each.");
    }
}
