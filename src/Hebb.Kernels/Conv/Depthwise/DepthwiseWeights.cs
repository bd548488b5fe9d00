using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The gradients of weights and bias where each channel sees itself only: for each kernel element, sums over pixels of input times gradient, with lanes
/// over channels. Parts of several rows are summed apart, row by row, and added in order.
/// </summary>
internal unsafe struct DepthwiseWeights<V, T> : IJob where V : struct, ILane<V, T> where T : unmanaged
{
    // A part is about so many pixels, so that sums stay accurate, unless their memory became large.
    private const int PartPixels = 2048;
    private const int MostParts = 64;

    private ConvShape _s;
    private T* _x, _dy, _sums;
    private Dims _xStrides, _dyStrides;
    private int _outH, _outW, _parts;
    private bool _bias;

    /// <summary>Computes the gradient of the weights, and of the bias unless <paramref name="db"/> is null.</summary>
    public static void Go(in ConvShape s, T* x, in Dims xStrides, T* dy, in Dims dyStrides, T* dw, T* db)
    {
        var job = new DepthwiseWeights<V, T>
        {
            _s = s,
            _x = x,
            _dy = dy,
            _xStrides = xStrides,
            _dyStrides = dyStrides,
            _outH = s.OutH,
            _outW = s.OutW,
            _bias = db != null,
        };
        int elements = s.KernelH * s.KernelW;
        long rows = (long)s.N * job._outH;
        job._parts = (int)Math.Clamp(rows * job._outW / PartPixels, 1, Math.Min(rows, MostParts));
        job._sums = Scratch.Get<T>(ScratchUse.ConvSums, job._parts * job.PartLength);
        Team.Run(job._parts, ref job);
        for (int part = 1; part < job._parts; part++) Add(job._sums, job._sums + (part * job.PartLength), job.PartLength);
        Transposition.Run(job._sums, s.C, dw, elements, s.C, elements);
        if (db != null) new ReadOnlySpan<T>(job._sums + ((long)elements * s.C), s.C).CopyTo(new Span<T>(db, s.C));
    }

    private readonly long PartLength => (((long)_s.KernelH * _s.KernelW) + (_bias ? 1 : 0)) * _s.C;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int chunk)
    {
        long rows = (long)_s.N * _outH;
        T* sums = _sums + (chunk * PartLength);
        new Span<T>(sums, (int)PartLength).Clear();
        for (long row = rows * chunk / _parts; row < rows * (chunk + 1) / _parts; row++)
        {
            nint image = (nint)(row / _outH);
            int i = (int)(row % _outH);
            T* dy = _dy + (image * _dyStrides[0]) + ((nint)i * _dyStrides[2]), x = _x + (image * _xStrides[0]);
            for (int u = 0; u < _s.KernelH; u++)
            {
                int h = (i * _s.StrideH) + (u * _s.DilationH) - _s.PadH;
                if ((uint)h >= (uint)_s.H) continue;
                for (int v = 0; v < _s.KernelW; v++)
                {
                    int offset = (v * _s.DilationW) - _s.PadW;
                    var (first, last) = ChannelWeights<V, T>.Inside(_s.W, _outW, _s.StrideW, offset);
                    T* from = x + ((nint)h * _xStrides[2]) + ((((nint)first * _s.StrideW) + offset) * _xStrides[3]);
                    Row(last - first, from, (nint)_s.StrideW * _xStrides[3], dy + ((nint)first * _dyStrides[3]), sums + ((((nint)u * _s.KernelW) + v) * _s.C));
                }
            }
            if (_bias) AddRow(dy, sums + ((nint)_s.KernelH * _s.KernelW * _s.C));
        }
    }

    // Adds the products of a row of pixels, several registers of channels at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Row(int pixels, T* x, nint xStep, T* dy, T* sums)
    {
        int n = V.Count, c = 0;
        nint dyStep = _dyStrides[3];
        for (; c <= _s.C - (4 * n); c += 4 * n)
        {
            V s0 = V.Load(sums + c), s1 = V.Load(sums + c + n), s2 = V.Load(sums + c + (2 * n)), s3 = V.Load(sums + c + (3 * n));
            T* a = x + c, b = dy + c;
            for (int pixel = 0; pixel < pixels; pixel++, a += xStep, b += dyStep)
            {
                s0 = V.Fma(V.Load(a), V.Load(b), s0);
                s1 = V.Fma(V.Load(a + n), V.Load(b + n), s1);
                s2 = V.Fma(V.Load(a + (2 * n)), V.Load(b + (2 * n)), s2);
                s3 = V.Fma(V.Load(a + (3 * n)), V.Load(b + (3 * n)), s3);
            }
            V.Store(sums + c, s0);
            V.Store(sums + c + n, s1);
            V.Store(sums + c + (2 * n), s2);
            V.Store(sums + c + (3 * n), s3);
        }
        for (; c <= _s.C - n; c += n) Column<V>(pixels, x + c, xStep, dy + c, dyStep, sums + c);
        for (; c < _s.C; c++) Column<W1<T>>(pixels, x + c, xStep, dy + c, dyStep, sums + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<W>(int pixels, T* x, nint xStep, T* dy, nint dyStep, T* sums) where W : struct, ILane<W, T>
    {
        W sum = W.Load(sums);
        for (int pixel = 0; pixel < pixels; pixel++, x += xStep, dy += dyStep) sum = W.Fma(W.Load(x), W.Load(dy), sum);
        W.Store(sums, sum);
    }

    // The gradient of the bias: the sum of the output's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddRow(T* dy, T* sums)
    {
        for (int pixel = 0; pixel < _outW; pixel++, dy += _dyStrides[3]) Add(sums, dy, _s.C);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(T* to, T* from, long count)
    {
        long i = 0;
        for (; i <= count - V.Count; i += V.Count) V.Store(to + i, V.Load(to + i) + V.Load(from + i));
        for (; i < count; i++) W1<T>.Store(to + i, W1<T>.Load(to + i) + W1<T>.Load(from + i));
    }
}
