using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>A dense copy of an image stack in the order N, H, W, C, where its channels do not lie side by side.</summary>
internal readonly unsafe struct ChannelCopy<T> where T : unmanaged
{
    private readonly Dims _from;
    private readonly int _images, _channels, _height, _width;
    private readonly ScratchUse _use;
    private readonly bool _isCopied;

    /// <summary>Decides how a stack is read.</summary>
    /// <param name="sizes">Its sizes N, C, H, W.</param>
    /// <param name="strides">Its strides.</param>
    /// <param name="use">Whose memory a copy takes.</param>
    /// <param name="isCopied">Whether a stack whose channels do not lie side by side is copied; otherwise it is read where it lies.</param>
    public ChannelCopy(in Dims sizes, in Dims strides, ScratchUse use, bool isCopied = true)
    {
        Strides = strides;
        _isCopied = isCopied && strides[1] != 1;
        if (!_isCopied) return;
        long length = sizes.Product();
        if (length > int.MaxValue)
            throw new ArgumentException(
                $"A convolution needs a copy of {length} numbers; at most {int.MaxValue} are possible, so cut the batch.");
        (_images, _channels, _height, _width) = (sizes[0], sizes[1], sizes[2], sizes[3]);
        _from = strides;
        _use = use;
        Strides = ConvLayout.ChannelLanes.Strides(_images, _channels, _height, _width);
    }

    /// <summary>The strides of what is read.</summary>
    public Dims Strides { get; }

    /// <summary>The stack itself or its copy.</summary>
    public T* Read(T* stack)
    {
        if (!_isCopied) return stack;
        var job = new Job { Copy = this, From = stack, To = Scratch.Get<T>(_use, (long)_images * _channels * _height * _width) };
        Team.Run(IsOverImages ? _height : checked(_images * _height), ref job);
        return job.To;
    }

    // Images that lie side by side are transposed pixel by pixel, others row by row.
    private bool IsOverImages => _from[0] == 1 && _from[3] != 1 && _images > 1;

    // One row of pixels, of all images or of one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(int chunk, T* from, T* to)
    {
        if (IsOverImages)
        {
            int image = _height * _width * _channels;
            for (int w = 0; w < _width; w++)
            {
                T* pixel = from + ((nint)chunk * _from[2]) + ((nint)w * _from[3]);
                Transposition.Run(pixel, _from[1], to + ((((nint)chunk * _width) + w) * _channels), image, _images, _channels);
            }
            return;
        }
        from += ((nint)(chunk / _height) * _from[0]) + ((nint)(chunk % _height) * _from[2]);
        to += (nint)chunk * _width * _channels;
        nint stepC = _from[1], stepW = _from[3];
        if (stepW == 1)
        {
            Transposition.Run(from, stepC, to, _channels, _width, _channels);
            return;
        }
        for (int w = 0; w < _width; w++, to += _channels)
            for (int c = 0; c < _channels; c++) to[c] = from[(c * stepC) + (w * stepW)];
    }

    private struct Job : IJob
    {
        public ChannelCopy<T> Copy;
        public T* From, To;

        public readonly void Run(int chunk) => Copy.Row(chunk, From, To);
    }
}
