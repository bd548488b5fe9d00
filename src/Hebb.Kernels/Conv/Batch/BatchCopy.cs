using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A dense copy of an image stack of any layout in the order C, H, W, N, with zeros around the images and after the last image where asked
/// for.
/// </summary>
internal readonly unsafe struct BatchCopy<T> where T : unmanaged
{
    private readonly Dims _from;
    private readonly int _n, _c, _h, _w, _padH, _padW, _images;
    private readonly long _length;
    private readonly ScratchUse _use;

    /// <summary>Decides how a stack is copied.</summary>
    /// <param name="sizes">Its sizes N, C, H, W.</param>
    /// <param name="strides">Its strides.</param>
    /// <param name="use">Whose memory the copy takes.</param>
    /// <param name="padH">Rows of zeros above and below.</param>
    /// <param name="padW">Columns of zeros left and right.</param>
    /// <param name="images">N, or more for images of zeros at the end.</param>
    /// <param name="spare">How many numbers beyond the copy may be read.</param>
    public BatchCopy(in Dims sizes, in Dims strides, ScratchUse use, int padH, int padW, int images, int spare = 0)
    {
        int h = checked(sizes[2] + (2 * padH)), w = checked(sizes[3] + (2 * padW));
        long length = checked((long)sizes[1] * h * w * images);
        if (length > int.MaxValue)
            throw new ArgumentException(
                $"A convolution needs a padded copy of {length} numbers; at most {int.MaxValue} are possible, "
                + "so use less padding or cut the batch.");
        (_n, _c, _h, _w) = (sizes[0], sizes[1], sizes[2], sizes[3]);
        (_padH, _padW, _images, _length) = (padH, padW, images, length + spare);
        _from = strides;
        _use = use;
        Strides = ConvLayout.BatchLanes.Strides(images, _c, h, w);
    }

    /// <summary>The strides of the copy.</summary>
    public Dims Strides { get; }

    /// <summary>Copies a stack; the result points at the first element, of the padding if there is some.</summary>
    public T* Make(T* stack)
    {
        var job = new Job { Copy = this, From = stack, To = Scratch.Get<T>(_use, _length) };
        Team.Run(checked(_c * (_h + (2 * _padH))), ref job);
        return job.To;
    }

    // One row of pixels of one channel.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(int chunk, T* from, T* to)
    {
        int rows = _h + (2 * _padH), columns = _w + (2 * _padW), row = (chunk % rows) - _padH, channel = chunk / rows;
        to += (nint)chunk * columns * _images;
        if ((uint)row >= (uint)_h || _images > _n) new Span<T>(to, columns * _images).Clear();
        if ((uint)row >= (uint)_h) return;
        new Span<T>(to, _padW * _images).Clear();
        new Span<T>(to + ((nint)(columns - _padW) * _images), _padW * _images).Clear();
        to += (nint)_padW * _images;
        from += ((nint)channel * _from[1]) + ((nint)row * _from[2]);
        int stepN = _from[0], stepW = _from[3];
        if (stepN == 1)
        {
            for (int w = 0; w < _w; w++, from += stepW, to += _images) new ReadOnlySpan<T>(from, _n).CopyTo(new Span<T>(to, _n));
        }
        else if (stepW == 1 && _images == 1) new ReadOnlySpan<T>(from, _w).CopyTo(new Span<T>(to, _w));
        else if (stepW == 1) Transposition.Run(from, stepN, to, _images, _w, _n);
        else
        {
            for (int n = 0; n < _n; n++)
                for (int w = 0; w < _w; w++) to[((nint)w * _images) + n] = from[((nint)n * stepN) + ((nint)w * stepW)];
        }
    }

    private struct Job : IJob
    {
        public BatchCopy<T> Copy;
        public T* From, To;

        public readonly void Run(int chunk) => Copy.Row(chunk, From, To);
    }
}
