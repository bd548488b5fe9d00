using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Copies an image stack of any layout into one without gaps in the order C, H, W, N, with zeros around the images and beyond the last
/// image where asked for.
/// </summary>
internal unsafe struct BatchCopy<T> : IJob where T : unmanaged
{
    private T* _from, _to;
    private Dims _strides;
    private int _n, _h, _w, _padH, _padW, _images;

    /// <summary>Copies.</summary>
    /// <param name="from">The stack.</param>
    /// <param name="sizes">Its sizes N, C, H, W.</param>
    /// <param name="strides">Its strides.</param>
    /// <param name="padH">Rows of zeros above and below.</param>
    /// <param name="padW">Columns of zeros left and right.</param>
    /// <param name="images">N, or more for images of zeros at the end.</param>
    /// <param name="use">Whose memory the copy takes.</param>
    /// <param name="padded">The strides of the copy.</param>
    /// <param name="spare">How many numbers beyond the copy may be read.</param>
    /// <returns>The copy, at its first element (of the padding).</returns>
    public static T* Make(T* from, in Dims sizes, in Dims strides, int padH, int padW, int images, ScratchUse use, out Dims padded, int spare = 0)
    {
        int h = checked(sizes[2] + (2 * padH)), w = checked(sizes[3] + (2 * padW));
        long length = checked((long)sizes[1] * h * w * images);
        if (length > int.MaxValue)
            throw new ArgumentException(
                $"A convolution needs a padded copy of {length} numbers; at most {int.MaxValue} are possible, "
                + "so use less padding or cut the batch.");
        var job = new BatchCopy<T>
        {
            _from = from,
            _to = Scratch.Get<T>(use, length + spare),
            _strides = strides,
            _n = sizes[0],
            _h = sizes[2],
            _w = sizes[3],
            _padH = padH,
            _padW = padW,
            _images = images,
        };
        padded = ConvLayout.BatchLanes.Strides(images, sizes[1], h, w);
        Team.Run(checked(sizes[1] * h), ref job);
        return job._to;
    }

    // One row of pixels of one channel.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int rows = _h + (2 * _padH), columns = _w + (2 * _padW), row = (chunk % rows) - _padH, channel = chunk / rows;
        T* to = _to + ((nint)chunk * columns * _images);
        if ((uint)row >= (uint)_h || _images > _n) new Span<T>(to, columns * _images).Clear();
        if ((uint)row >= (uint)_h) return;
        new Span<T>(to, _padW * _images).Clear();
        new Span<T>(to + ((nint)(columns - _padW) * _images), _padW * _images).Clear();
        to += (nint)_padW * _images;
        T* from = _from + ((nint)channel * _strides[1]) + ((nint)row * _strides[2]);
        int stepN = _strides[0], stepW = _strides[3];
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
}
