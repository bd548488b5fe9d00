using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Transformed weights in the order in which <see cref="WinogradCorrelation{V, T, A}"/> reads them: for each group, panel of
/// <see cref="Width"/> target channels (the last filled up with zeros) and block of source channels, 36 matrices [source channel][target
/// channel].
/// </summary>
internal unsafe struct WinogradWeights<T> : IItems<T> where T : unmanaged
{
    /// <summary>The most source channels of a block: one matrix then stays in the first-level cache, all 36 in the second.</summary>
    private const int MostChannels = 128;

    // Source channels that are transformed together: their numbers stay in the first-level cache.
    private const int Together = 8;

    // Matrices a power of two apart would share the sets of the cache.
    private const int Gap = 16;

    private readonly int _targetStep, _sourceStep, _groupStep, _targets, _sources;
    private readonly bool _turned;
    private T* _weights, _to;
    private int _firstPanel;

    /// <summary>Weights of a correlation: [target][source][3][3] with the given strides, or turned by 180°.</summary>
    public WinogradWeights(in ConvShape s, bool backward)
    {
        int ins = s.C / s.Groups, outs = s.OutC / s.Groups;
        _groupStep = ins * outs * 9;
        (_targets, _targetStep, _sources, _sourceStep) = backward ? (ins, 9, outs, ins * 9) : (outs, ins * 9, ins, 9);
        _turned = backward;
        Blocks = (_sources + MostChannels - 1) / MostChannels;
        Panels = PanelCount(_targets);
    }

    /// <summary>Target channels of a panel.</summary>
    public static int Width => WeightPanels<T>.Width;

    /// <summary>Panels that hold so many channels.</summary>
    public static int PanelCount(int channels) => WeightPanels<T>.Count(channels);

    /// <summary>Blocks of source channels, panels of target channels in a group.</summary>
    public int Blocks { get; }

    public int Panels { get; }

    /// <summary>Numbers from one matrix to the next, and from one block of a panel to the next.</summary>
    public readonly int Step => (First(1) + 1) * Width + Gap;

    public readonly nint BlockStep => (nint)Step * Winograd.Places;

    /// <summary>The first source channel of a block.</summary>
    public readonly int First(int block) => (int)((long)_sources * block / Blocks);

    /// <summary>Transforms panels, counted through all groups, on all threads.</summary>
    public readonly void Fill(T* weights, int firstPanel, int panels, T* to)
    {
        WinogradWeights<T> job = this;
        job._weights = weights;
        job._to = to;
        job._firstPanel = firstPanel;
        Items.Run<WinogradWeights<T>, T>(job, checked(panels * Blocks));
    }

    public readonly void Run<V>(int chunk, int end) where V : struct, ILane<V, T> =>
        Fill<V>(_weights, _firstPanel + (chunk / Blocks), chunk % Blocks, _to + (chunk * BlockStep));

    /// <summary>Transforms one block of a panel on this thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Fill<V>(T* weights, int panel, int block, T* to) where V : struct, ILane<V, T>
    {
        int width = Width, target = panel % Panels * width, valid = Math.Min(width, _targets - target);
        int first = First(block), channels = First(block + 1) - first;
        T* from = weights + ((nint)(panel / Panels) * _groupStep) + ((nint)target * _targetStep) + ((nint)first * _sourceStep);
        T* rows = Scratch.Get<T>(ScratchUse.ConvChunk, (channels + (2L * Together)) * 9 * width);
        T* memory = rows + (channels * 9 * width);
        if (valid < width) new Span<T>(rows, channels * 9 * width).Clear();
        if (_sourceStep == 9) Transposition.Run(from, _targetStep, rows, width, channels * 9, valid);
        else
        {
            for (int c = 0; c < channels; c++)
                Transposition.Run(from + ((nint)c * _sourceStep), _targetStep, rows + (c * 9 * width), width, 9, valid);
        }
        T* start = rows + (_turned ? 8 * width : 0);
        for (int c = 0; c < channels; c += Together)
        {
            int together = Math.Min(Together, channels - c);
            WinogradTransform<V, T>.Weights(
                start + (c * 9 * width), _turned ? -width : width, 9 * width, together, width, to + (c * width), Step, memory);
        }
    }
}
