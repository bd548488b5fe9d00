using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Combines sums [chunk][group][panel][kernel element][input channel][output channel of the panel], each panel followed by a row for the
/// bias if there is one, into the gradients of weights [output channel][input channel][kernel element] and bias. Chunks are added
/// pairwise: ((0 + 1) + (2 + 3)) + …
/// </summary>
internal unsafe struct WeightSums<T> : IJob where T : unmanaged
{
    private const int Block = 16;

    private T* _sums, _weights, _bias;
    private int _chunks, _channels, _outs, _elements, _width, _panels, _blocks;
    private long _length, _panelLength;

    /// <summary>Combines; the sums are used up.</summary>
    public static void ToWeights(in ConvShape s, T* sums, int chunks, int width, T* weights, T* bias)
    {
        int channels = s.C / s.Groups, outs = s.OutC / s.Groups, elements = s.KernelH * s.KernelW, panels = (outs + width - 1) / width;
        long panelLength = (((long)elements * channels) + (bias != null ? 1 : 0)) * width;
        var job = new WeightSums<T>
        {
            _sums = sums,
            _weights = weights,
            _bias = bias,
            _chunks = chunks,
            _channels = channels,
            _outs = outs,
            _elements = elements,
            _width = width,
            _panels = panels,
            _blocks = (channels + Block - 1) / Block,
            _length = s.Groups * panels * panelLength,
            _panelLength = panelLength,
        };
        Team.Run(checked(s.Groups * panels * job._blocks), ref job);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int first = chunk % _blocks * Block, last = Math.Min(_channels, first + Block);
        chunk /= _blocks;
        int panel = chunk % _panels, group = chunk / _panels;
        T* sums = _sums + (chunk * (nint)_panelLength);
        int firstOut = (group * _outs) + (panel * _width), outs = Math.Min(_width, _outs - (panel * _width));
        for (int element = 0; element < _elements; element++)
            AddChunks(sums + ((((nint)element * _channels) + first) * _width), (last - first) * _width);
        for (int o = 0; o < outs; o++)
        {
            T* to = _weights + (((((nint)firstOut + o) * _channels) + first) * _elements);
            for (int c = first; c < last; c++)
                for (int element = 0; element < _elements; element++)
                    *to++ = sums[((((nint)element * _channels) + c) * _width) + o];
        }
        if (_bias == null || first > 0) return;
        T* biases = sums + ((nint)_elements * _channels * _width);
        AddChunks(biases, outs);
        new ReadOnlySpan<T>(biases, outs).CopyTo(new Span<T>(_bias + firstOut, outs));
    }

    private readonly void AddChunks(T* sums, int count)
    {
        for (int apart = 1; apart < _chunks; apart *= 2)
            for (int a = 0; a + apart < _chunks; a += 2 * apart)
                Add(sums + (a * (nint)_length), sums + ((a + apart) * (nint)_length), count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(T* a, T* b, int count)
    {
        int i = 0;
        for (; i <= count - W256<T>.Count; i += W256<T>.Count) W256<T>.Store(a + i, W256<T>.Load(a + i) + W256<T>.Load(b + i));
        for (; i < count; i++) W1<T>.Store(a + i, W1<T>.Load(a + i) + W1<T>.Load(b + i));
    }
}
