using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Gradients of weights and bias where each channel has a filter of its own: for each kernel element, sums over pixels of input times
/// gradient, with lanes over channels. Parts of several rows are summed separately, row by row, and added in order.
/// </summary>
internal readonly unsafe struct DepthwiseWeights<V, T> : IJob where V : struct, ILane<V, T> where T : unmanaged
{
    private readonly DepthwiseWeightPlan<T> _p;
    private readonly T* _x, _dy, _sums;

    private ref readonly ConvShape S => ref _p.Shape;

    /// <summary>Makes the job that writes the sums of all parts.</summary>
    public DepthwiseWeights(DepthwiseWeightPlan<T> plan, T* x, T* dy, T* sums)
    {
        _p = plan;
        _x = x;
        _dy = dy;
        _sums = sums;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        long rows = (long)S.N * _p.OutH;
        T* sums = _sums + (chunk * _p.PartLength);
        new Span<T>(sums, (int)_p.PartLength).Clear();
        for (long row = rows * chunk / _p.Parts; row < rows * (chunk + 1) / _p.Parts; row++)
        {
            nint image = (nint)(row / _p.OutH);
            int i = (int)(row % _p.OutH);
            T* dy = _dy + (image * _p.Dy[0]) + ((nint)i * _p.Dy[2]), x = _x + (image * _p.X[0]);
            for (int u = 0; u < S.KernelH; u++)
            {
                int h = (i * S.StrideH) + (u * S.DilationH) - S.PadH;
                if ((uint)h >= (uint)S.H) continue;
                for (int v = 0; v < S.KernelW; v++)
                {
                    int offset = (v * S.DilationW) - S.PadW;
                    var (first, last) = ChannelWeightPlan<T>.Inside(S.W, _p.OutW, S.StrideW, offset);
                    T* from = x + ((nint)h * _p.X[2]) + ((((nint)first * S.StrideW) + offset) * _p.X[3]);
                    T* to = sums + ((((nint)u * S.KernelW) + v) * S.C);
                    Row(last - first, from, (nint)S.StrideW * _p.X[3], dy + ((nint)first * _p.Dy[3]), to);
                }
            }
            if (_p.Problem.HasBias) AddRow(dy, sums + ((nint)S.KernelH * S.KernelW * S.C));
        }
    }

    // Adds the products of a row of pixels, several registers of channels at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(int pixels, T* x, nint xStep, T* dy, T* sums)
    {
        int n = V.Count, c = 0;
        nint dyStep = _p.Dy[3];
        for (; c <= S.C - (4 * n); c += 4 * n)
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
        for (; c <= S.C - n; c += n) Column<V>(pixels, x + c, xStep, dy + c, dyStep, sums + c);
        for (; c < S.C; c++) Column<W1<T>>(pixels, x + c, xStep, dy + c, dyStep, sums + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<W>(int pixels, T* x, nint xStep, T* dy, nint dyStep, T* sums) where W : struct, ILane<W, T>
    {
        W sum = W.Load(sums);
        for (int pixel = 0; pixel < pixels; pixel++, x += xStep, dy += dyStep) sum = W.Fma(W.Load(x), W.Load(dy), sum);
        W.Store(sums, sum);
    }

    // The gradient of the bias: the sum of the output'S.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRow(T* dy, T* sums)
    {
        for (int pixel = 0; pixel < _p.OutW; pixel++, dy += _p.Dy[3]) Add(sums, dy, S.C);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(T* to, T* from, long count)
    {
        long i = 0;
        for (; i <= count - V.Count; i += V.Count) V.Store(to + i, V.Load(to + i) + V.Load(from + i));
        for (; i < count; i++) W1<T>.Store(to + i, W1<T>.Load(to + i) + W1<T>.Load(from + i));
    }
}
