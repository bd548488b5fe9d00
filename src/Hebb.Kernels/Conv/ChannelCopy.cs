using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Copies an image stack whose channels do not lie side by side into one without gaps in the order N, H, W, C.</summary>
internal unsafe struct ChannelCopy<T> : IJob where T : unmanaged
{
    private T* _from, _to;
    private Dims _strides;
    private int _images, _channels, _height, _width;

    /// <summary>The stack itself if its channels lie side by side, otherwise a copy, which takes memory of the given use.</summary>
    public static T* Make(T* from, in Dims sizes, ref Dims strides, ScratchUse use)
    {
        if (strides[1] == 1) return from;
        long length = sizes.Product();
        if (length > int.MaxValue)
            throw new ArgumentException($"A convolution needs a copy of {length} numbers; at most {int.MaxValue} are possible, so cut the batch.");
        var job = new ChannelCopy<T>
        {
            _from = from,
            _to = Scratch.Get<T>(use, length),
            _strides = strides,
            _images = sizes[0],
            _channels = sizes[1],
            _height = sizes[2],
            _width = sizes[3],
        };
        strides = ConvLayout.ChannelLanes.Strides(sizes[0], sizes[1], sizes[2], sizes[3]);
        Team.Run(job.IsOverImages ? sizes[2] : checked(sizes[0] * sizes[2]), ref job);
        return job._to;
    }

    // Images that lie side by side are turned round pixel by pixel, others row by row.
    private readonly bool IsOverImages => _strides[0] == 1 && _strides[3] != 1 && _images > 1;

    // One row of pixels, of all images or of one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int chunk)
    {
        if (IsOverImages)
        {
            int image = _height * _width * _channels;
            for (int w = 0; w < _width; w++)
            {
                T* pixel = _from + ((nint)chunk * _strides[2]) + ((nint)w * _strides[3]);
                Transposition.Run(pixel, _strides[1], _to + ((((nint)chunk * _width) + w) * _channels), image, _images, _channels);
            }
            return;
        }
        T* from = _from + ((nint)(chunk / _height) * _strides[0]) + ((nint)(chunk % _height) * _strides[2]);
        T* to = _to + ((nint)chunk * _width * _channels);
        nint stepC = _strides[1], stepW = _strides[3];
        if (stepW == 1)
        {
            Transposition.Run(from, stepC, to, _channels, _width, _channels);
            return;
        }
        for (int w = 0; w < _width; w++, to += _channels)
            for (int c = 0; c < _channels; c++) to[c] = from[(c * stepC) + (w * stepW)];
    }
}
