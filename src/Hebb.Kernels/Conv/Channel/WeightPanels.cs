using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Weights as the channel tiles walk them: for each group, panels of <see cref="Width"/> neighboring target channels (the last filled up
/// with zeros), in a panel one row for each kernel element and source channel.
/// </summary>
internal unsafe struct WeightPanels<T> : IJob where T : unmanaged
{
    // Rows of a panel that stay in the first-level cache between two orders.
    private const int BlockRows = 128;

    private Correlation<T> _c;
    private T* _panels;
    private int _count;

    /// <summary>Channels of a panel: two of the widest registers, whatever the width in use.</summary>
    public static int Width => 128 / sizeof(T);

    /// <summary>How many panels hold so many channels.</summary>
    public static int Count(int channels) => (channels + Width - 1) / Width;

    /// <summary>How many numbers all panels hold.</summary>
    public static long Length(in Correlation<T> c) => (long)c.Groups * Count(c.TargetChannels) * c.Depth * Width;

    /// <summary>Fills the panels.</summary>
    public static void Pack(in Correlation<T> correlation, T* panels)
    {
        var job = new WeightPanels<T> { _c = correlation, _panels = panels, _count = Count(correlation.TargetChannels) };
        Team.Run(checked(correlation.Groups * job._count), ref job);
    }

    /// <summary>The bias, one number for each of the target channels of each group, in whole panels; zeros where it is null.</summary>
    public static void PackBias(int groups, int channels, T* bias, T* panels)
    {
        int width = Count(channels) * Width;
        for (int group = 0; group < groups; group++)
            for (int i = 0; i < width; i++) *panels++ = i < channels && bias != null ? bias[((nint)group * channels) + i] : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int group = chunk / _count, first = chunk % _count * Width, valid = Math.Min(Width, _c.TargetChannels - first);
        int elements = _c.KernelH * _c.KernelW;
        T* from = _c.Weights + ((nint)group * _c.WeightGroup) + ((nint)first * _c.WeightTarget);
        T* panel = _panels + ((nint)chunk * _c.Depth * Width);
        if (valid < Width) new Span<T>(panel, _c.Depth * Width).Clear();
        if (_c.WeightTarget == elements)
        {
            nint elementStep = (nint)_c.SourceChannels * Width;
            for (int channel = 0; channel < _c.SourceChannels; channel++, from += _c.WeightSource, panel += Width)
                Transposition.Run(from, elements, panel, elementStep, elements, valid);
            return;
        }
        // Rows come out in the order of the weights, source channel by source channel, and then go to their kernel elements.
        int most = Math.Max(1, BlockRows / elements);
        T* rows = Scratch.Get<T>(ScratchUse.ConvChunk, (long)most * elements * Width);
        for (int block = 0; block < _c.SourceChannels; block += most)
        {
            int channels = Math.Min(most, _c.SourceChannels - block);
            Transposition.Run(from + ((nint)block * elements), _c.WeightTarget, rows, Width, channels * elements, valid);
            for (int element = 0; element < elements; element++)
            {
                T* to = panel + ((((nint)element * _c.SourceChannels) + block) * Width);
                for (int channel = 0; channel < channels; channel++, to += Width)
                    new ReadOnlySpan<T>(rows + (((channel * elements) + element) * Width), valid).CopyTo(new Span<T>(to, valid));
            }
        }
    }
}
