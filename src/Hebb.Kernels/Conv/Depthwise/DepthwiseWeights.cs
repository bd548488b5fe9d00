using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Gradients of weights and bias where each channel has a filter of its own: for each kernel element, sums over pixels of input times
/// gradient, with lanes over channels. Parts of several rows are summed separately, row by row, and added in order. The nine sums of a
/// kernel of 3 x 3 stay in registers along a row where channels are few.
/// </summary>
internal readonly unsafe struct DepthwiseWeights<V, T> : IJob where V : struct, ILane<V, T> where T : unmanaged
{
    private readonly DepthwiseWeightPlan<T> _p;
    private readonly T* _x, _dy, _sums;
    private readonly int _channels;

    // The columns that see all of a kernel of 3 x 3, whose sums then stay in registers; none with other kernels, and where there are
    // channels enough to fill the registers with one kernel element.
    private readonly int _innerFirst, _innerLast;

    private ref readonly ConvShape S => ref _p.Shape;

    /// <summary>Makes the job that writes the sums of all parts.</summary>
    public DepthwiseWeights(DepthwiseWeightPlan<T> plan, T* x, T* dy, T* sums)
    {
        _p = plan;
        _x = x;
        _dy = dy;
        _sums = sums;
        _channels = S.C;
        if (S.KernelH != 3 || S.KernelW != 3 || S.C >= 4 * V.Count) return;
        (_innerFirst, _) = ChannelWeightPlan<T>.Inside(S.W, plan.OutW, S.StrideW, -S.PadW);
        (_, _innerLast) = ChannelWeightPlan<T>.Inside(S.W, plan.OutW, S.StrideW, (2 * S.DilationW) - S.PadW);
    }

    // The same for a range of channels.
    private DepthwiseWeights(in DepthwiseWeights<V, T> whole, int first)
    {
        this = whole;
        _x += first;
        _dy += first;
        _sums += first;
        _channels = Math.Min(_p.ChannelsEach, S.C - first);
    }

    public void Run(int chunk) =>
        new DepthwiseWeights<V, T>(this, chunk % _p.Ranges * _p.ChannelsEach).Sum(chunk / _p.Ranges);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(int part)
    {
        long rows = (long)S.N * _p.OutH;
        T* sums = _sums + (part * _p.PartLength);
        for (int at = 0; at < _p.PartLength; at += S.C) new Span<T>(sums + at, _channels).Clear();
        for (long row = rows * part / _p.Parts; row < rows * (part + 1) / _p.Parts; row++)
        {
            nint image = (nint)(row / _p.OutH);
            int i = (int)(row % _p.OutH);
            T* dy = _dy + (image * _p.Dy[0]) + ((nint)i * _p.Dy[2]), x = _x + (image * _p.X[0]);
            int top = (i * S.StrideH) - S.PadH;
            if (_innerLast > _innerFirst && top >= 0 && top + (2 * S.DilationH) < S.H)
            {
                Elements(x, dy, top, sums, 0, _innerFirst);
                T* from = x + ((nint)top * _p.X[2]) + ((((nint)_innerFirst * S.StrideW) - S.PadW) * _p.X[3]);
                Nine(_innerLast - _innerFirst, from, dy + ((nint)_innerFirst * _p.Dy[3]), sums);
                Elements(x, dy, top, sums, _innerLast, _p.OutW);
            }
            else Elements(x, dy, top, sums, 0, _p.OutW);
            if (_p.Problem.HasBias) AddRow(dy, sums + ((nint)S.KernelH * S.KernelW * S.C));
        }
    }

    // Adds the products of some columns of a row of pixels, one kernel element after the other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Elements(T* x, T* dy, int top, T* sums, int from, int to)
    {
        for (int u = 0; u < S.KernelH; u++)
        {
            int h = top + (u * S.DilationH);
            if ((uint)h >= (uint)S.H) continue;
            for (int v = 0; v < S.KernelW; v++)
            {
                int offset = (v * S.DilationW) - S.PadW;
                (int first, int last) = ChannelWeightPlan<T>.Inside(S.W, _p.OutW, S.StrideW, offset);
                first = Math.Max(first, from);
                last = Math.Min(last, to);
                if (first >= last) continue;
                T* at = x + ((nint)h * _p.X[2]) + ((((nint)first * S.StrideW) + offset) * _p.X[3]);
                Row(last - first, at, (nint)S.StrideW * _p.X[3], dy + ((nint)first * _p.Dy[3]), sums + ((((nint)u * S.KernelW) + v) * S.C));
            }
        }
    }

    // Adds the products of a row of pixels that see all of a kernel of 3 x 3.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Nine(int pixels, T* x, T* dy, T* sums)
    {
        int c = 0;
        for (; c <= _channels - V.Count; c += V.Count) Nine<V>(pixels, x + c, dy + c, sums + c);
        for (; c < _channels; c++) Nine<W1<T>>(pixels, x + c, dy + c, sums + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Nine<W>(int pixels, T* x, T* dy, T* sums) where W : struct, ILane<W, T>
    {
        nint n = S.C, step = (nint)S.StrideW * _p.X[3], dyStep = _p.Dy[3];
        nint column = (nint)S.DilationW * _p.X[3], second = (nint)S.DilationH * _p.X[2], third = 2 * second;
        W s0 = W.Load(sums), s1 = W.Load(sums + n), s2 = W.Load(sums + (2 * n));
        W s3 = W.Load(sums + (3 * n)), s4 = W.Load(sums + (4 * n)), s5 = W.Load(sums + (5 * n));
        W s6 = W.Load(sums + (6 * n)), s7 = W.Load(sums + (7 * n)), s8 = W.Load(sums + (8 * n));
        for (int pixel = 0; pixel < pixels; pixel++, x += step, dy += dyStep)
        {
            W d = W.Load(dy);
            T* b = x + second, e = x + third;
            s0 = W.Fma(d, W.Load(x), s0);
            s1 = W.Fma(d, W.Load(x + column), s1);
            s2 = W.Fma(d, W.Load(x + (2 * column)), s2);
            s3 = W.Fma(d, W.Load(b), s3);
            s4 = W.Fma(d, W.Load(b + column), s4);
            s5 = W.Fma(d, W.Load(b + (2 * column)), s5);
            s6 = W.Fma(d, W.Load(e), s6);
            s7 = W.Fma(d, W.Load(e + column), s7);
            s8 = W.Fma(d, W.Load(e + (2 * column)), s8);
        }
        W.Store(sums, s0);
        W.Store(sums + n, s1);
        W.Store(sums + (2 * n), s2);
        W.Store(sums + (3 * n), s3);
        W.Store(sums + (4 * n), s4);
        W.Store(sums + (5 * n), s5);
        W.Store(sums + (6 * n), s6);
        W.Store(sums + (7 * n), s7);
        W.Store(sums + (8 * n), s8);
    }

    // Adds the products of a row of pixels, several registers of channels at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row(int pixels, T* x, nint xStep, T* dy, T* sums)
    {
        int n = V.Count, c = 0;
        nint dyStep = _p.Dy[3];
        for (; c <= _channels - (4 * n); c += 4 * n)
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
        for (; c <= _channels - n; c += n) Column<V>(pixels, x + c, xStep, dy + c, dyStep, sums + c);
        for (; c < _channels; c++) Column<W1<T>>(pixels, x + c, xStep, dy + c, dyStep, sums + c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<W>(int pixels, T* x, nint xStep, T* dy, nint dyStep, T* sums) where W : struct, ILane<W, T>
    {
        W sum = W.Load(sums);
        for (int pixel = 0; pixel < pixels; pixel++, x += xStep, dy += dyStep) sum = W.Fma(W.Load(x), W.Load(dy), sum);
        W.Store(sums, sum);
    }

    // The gradient of the bias: the sum of those of the outputs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRow(T* dy, T* sums)
    {
        for (int pixel = 0; pixel < _p.OutW; pixel++, dy += _p.Dy[3]) Add(sums, dy, _channels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(T* to, T* from, long count)
    {
        long i = 0;
        for (; i <= count - V.Count; i += V.Count) V.Store(to + i, V.Load(to + i) + V.Load(from + i));
        for (; i < count; i++) W1<T>.Store(to + i, W1<T>.Load(to + i) + W1<T>.Load(from + i));
    }
}
