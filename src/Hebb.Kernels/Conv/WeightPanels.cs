using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Weights as the channel tiles walk them: for each group, panels of <see cref="Width"/> neighbouring target channels (the last filled up
/// with zeros), in a panel one row for each kernel element and source channel.
/// </summary>
internal unsafe struct WeightPanels<T> : IJob where T : unmanaged
{
    // Source channels whose weights are still in the first-level cache when the next kernel element asks for their neighbours.
    private const int Block = 16;

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

    /// <summary>The bias, one number a target channel, in whole panels; zeros where there is none.</summary>
    public static void PackBias(in Correlation<T> c, T* panels)
    {
        int channels = c.TargetChannels, width = Count(channels) * Width;
        for (int group = 0; group < c.Groups; group++)
            for (int i = 0; i < width; i++)
                panels[((nint)group * width) + i] = i < channels && c.Bias != null ? c.Bias[((nint)group * channels) + i] : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int group = chunk / _count, first = chunk % _count * Width, valid = Math.Min(Width, _c.TargetChannels - first);
        int elements = _c.KernelH * _c.KernelW;
        T* from = _c.Weights + ((nint)group * _c.WeightGroup) + ((nint)first * _c.WeightTarget);
        T* panel = _panels + ((nint)chunk * _c.Depth * Width);
        for (int block = 0; block < _c.SourceChannels; block += Block)
        {
            int last = Math.Min(_c.SourceChannels, block + Block);
            for (int element = 0; element < elements; element++)
            {
                T* row = panel + ((((nint)element * _c.SourceChannels) + block) * Width);
                for (int channel = block; channel < last; channel++, row += Width)
                {
                    T* w = from + ((nint)channel * _c.WeightSource) + element;
                    for (int lane = 0; lane < valid; lane++, w += _c.WeightTarget) row[lane] = *w;
                    for (int lane = valid; lane < Width; lane++) row[lane] = default;
                }
            }
        }
    }
}
